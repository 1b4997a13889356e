/*-------------------------------------------------------------------------
 *
 * key.c
 *	  The number that nobody can foresee, and the hash of texts.
 *
 * Both are made of what the cluster keeps secret, so that nobody can prepare
 * values that meet, and every process of a statement finds the same.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "access/xlog.h"
#include "catalog/pg_control.h"

#include "clicker_key.h"
#include "exact/key.h"

uint64
clk_key_multiplier(void)
{
	char		bytes[MOCK_AUTH_NONCE_LEN + sizeof(TimestampTz)];
	TimestampTz start = GetCurrentStatementStartTimestamp();

	memcpy(bytes, GetMockAuthenticationNonce(), MOCK_AUTH_NONCE_LEN);
	memcpy(bytes + MOCK_AUTH_NONCE_LEN, &start, sizeof(start));
	return (clk_clicker_hash_bytes(bytes, sizeof(bytes)) & CLK_MULTIPLIER_MASK) | 1;
}

/* The secret of the cluster, stretched to what XXH3 asks for; it never changes. */
static const unsigned char *
secret(void)
{
	static uint64 words[XXH3_SECRET_SIZE_MIN / sizeof(uint64)];
	static bool made = false;

	if (unlikely(!made))
	{
		for (Size i = 0; i < lengthof(words); i++)
			words[i] = XXH3_64bits_withSeed(GetMockAuthenticationNonce(), MOCK_AUTH_NONCE_LEN, i);
		made = true;
	}
	return (const unsigned char *) words;
}

uint64
clk_key_hash_text(uint64 multiplier, const char *bytes, uint32 length)
{
	uint64		hash = multiplier * XXH3_64bits_withSecret(bytes, length, secret(), XXH3_SECRET_SIZE_MIN);

	return Min(hash & CLK_TEXT_HASH_MASK, CLK_MAX_WORD - 1);
}

void
clk_key_to_value(uint64 multiplier, const uint64 *key, uint64 *value, clk_key_kind kind)
{
	uint64		inverse = multiplier;

	/* modulo 2^64: each step doubles the bits that are right */
	for (int bits = 3; bits < 64; bits *= 2)
		inverse *= 2 - multiplier * inverse;

	value[0] = ~key[0] * inverse;
	value[0] ^= value[0] >> 32;
	value[0] *= CLK_KEY_FACTOR_INVERSE;
	if (kind == CLK_KEY_UUID)
	{
		value[1] = ~key[1];
		value[0] ^= clk_key_blind(multiplier, value[1]);
	}
}

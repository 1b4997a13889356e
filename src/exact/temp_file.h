/*-------------------------------------------------------------------------
 *
 * temp_file.h
 *	  The temporary file that the exact sets of a memory context share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TEMP_FILE_H
#define CLK_TEMP_FILE_H

#include "storage/buffile.h"

typedef struct clk_temp_file clk_temp_file;

/* A file that is made when something is written, and ends with the context */
extern clk_temp_file *clk_temp_file_create(MemoryContext context);

/*
 * A place for so many bytes, to be written from front to end before another is
 * claimed; and part of such a place, or all, is not needed any more.
 */
extern int64 clk_temp_file_claim(clk_temp_file *file, int64 size);
extern void clk_temp_file_give_back(clk_temp_file *file, int64 place, int64 size);

extern void clk_temp_file_write(clk_temp_file *file, int64 place, const void *bytes, Size size);
extern void clk_temp_file_read(clk_temp_file *file, int64 place, void *bytes, Size size);

#endif							/* CLK_TEMP_FILE_H */

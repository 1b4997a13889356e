/*-------------------------------------------------------------------------
 *
 * temp_file.h
 *	  The temporary file that the distinct sets of a memory context share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TEMP_FILE_H
#define CLK_TEMP_FILE_H

#include "storage/buffile.h"

/* A place in the file */
typedef struct clk_file_place
{
	int			segment;
	off_t		offset;
} clk_file_place;

typedef struct clk_temp_file clk_temp_file;

/* A file that is made when something is written, and ends with the context */
extern clk_temp_file *clk_temp_file_create(MemoryContext context);

/* Where the next byte will be written */
extern clk_file_place clk_temp_file_end(const clk_temp_file *file);

/* Write at the end. */
extern void clk_temp_file_write(clk_temp_file *file,
								const void *bytes, Size size);

/* Read from a place, and move the place behind what was read. */
extern void clk_temp_file_read(clk_temp_file *file, clk_file_place *place,
							   void *bytes, Size size);

#endif							/* CLK_TEMP_FILE_H */

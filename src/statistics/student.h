/*-------------------------------------------------------------------------
 *
 * student.h
 *	  Student's t distribution, also for degrees of freedom between whole
 *	  numbers, as Welch's test has them.
 *
 * Probabilities keep about 12 digits down to the smallest double, for 1 degree
 * of freedom as for 1e18.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STUDENT_H
#define CLK_STUDENT_H

/* The probability that a Student variable lies outside -t and t. */
extern double clk_student_p_value(double t, double df);

/*
 * The t for which a Student variable lies between -t and t with probability
 * "confidence", which must lie strictly between 0 and 1.
 */
extern double clk_student_quantile(double confidence, double df);

#endif							/* CLK_STUDENT_H */

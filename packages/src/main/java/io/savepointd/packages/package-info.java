/** What the packages hold besides the distribution, made at build time; imports the commands. */
package io.savepointd.packages;

/**
 * What savepointd promises, shown with the built distribution against real Flink and HDFS
 * processes. Imports its world alone.
 */
package io.savepointd.acceptance;

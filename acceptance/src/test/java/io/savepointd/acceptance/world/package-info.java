/**
 * Real clusters, the built distribution and what feeds them, as processes a test starts, breaks and
 * ends; it knows nothing of what is tested with them.
 */
package io.savepointd.acceptance.world;

/**
 * The daemon's HTTP on a Unix domain socket, and the bodies it answers with. Imports supervise and
 * the model.
 */
package io.savepointd.admin;

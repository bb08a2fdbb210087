/**
 * {@code savepointd demo}: the real daemon on a small world of its own, told as a story. Imports
 * app, admin (the bodies) and the JDK; reaches Flink as any stranger would, over REST.
 */
package io.savepointd.demo;

/** What Logback needs of ours, named in {@code conf/logback.xml}; it alone imports Logback. */
package io.savepointd.logging;

/** The daemon put together: constructors call constructors here. Imports every feature. */
package io.savepointd.app;

/** What the tests on all engines came to, read from the reports that this build has written. */
package io.reststream.matrix;

package io.reststream.core.auth;

import io.reststream.core.json.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer of a token request holds what.
 *
 * @param token the token
 * @param expiresIn for how many seconds it is of use; null if the answer does not say
 */
public record TokenFields(FieldPath token, @Nullable FieldPath expiresIn) {}

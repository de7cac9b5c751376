/** Numbers that a port can have. */
export const port = { minimum: 1, maximum: 65535 };

/** What stands for a value that nobody may see. */
export const hidden = '(hidden)';

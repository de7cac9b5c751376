/** What stands under `config` in the contents of a stack file; nothing for a file that is not there. */
export const configOf = (file: unknown): Readonly<Record<string, unknown>> => {
  const config = typeof file === 'object' && file !== null && 'config' in file ? file.config : undefined;
  return typeof config === 'object' && config !== null ? { ...config } : {};
};

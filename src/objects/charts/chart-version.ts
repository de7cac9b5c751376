/** The version as a chart says it: registries take no `+`, in whose place a release has `_`. */
export const chartVersion = (tag: string): string => tag.replaceAll('_', '+');

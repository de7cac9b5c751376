/** Variables by which a run says that nobody typed it: that of every known CI service, and ours. */
const automaticVariables: readonly string[] = ['CI', 'PORTOLAN_AUTOMATIC'];

const isSet = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|false)$/i.test(value);

/**
 * Whether a run says that no person started it.
 *
 * @param further - variables by which some say it, too @default - none
 */
export const isRunByNobody = (environment: NodeJS.ProcessEnv, ...further: readonly string[]): boolean =>
  [...automaticVariables, ...further].some((name) => isSet(environment[name]));

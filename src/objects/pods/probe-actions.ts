import { fieldsOf, textOf, textsOf, valueAt } from '../fields.ts';
import type { PodContainer } from './workload.ts';

/** The fields of a container that hold probes. */
export const probeFields = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/** Whether a container has that probe, and it is not empty. */
export const hasProbe = ({ fields }: PodContainer, probe: (typeof probeFields)[number]): boolean =>
  Object.keys(fieldsOf(fields[probe])).length > 0;

/** The command that a probe runs; nothing when it asks in another way. */
export function probeCommand(
  { fields }: PodContainer,
  probe: (typeof probeFields)[number],
): readonly string[] | undefined {
  const command = valueAt(fields[probe], 'exec', 'command');
  return Array.isArray(command) ? textsOf(command) : undefined;
}

/** What a probe writes down about where it asks: its command, or the host and path of its request. */
export function probeText(container: PodContainer, probe: (typeof probeFields)[number]): string {
  const action = fieldsOf(container.fields[probe]);
  const request = ['httpGet', 'tcpSocket'].flatMap((how) => [
    textOf(valueAt(action, how, 'host')),
    textOf(valueAt(action, how, 'path')),
  ]);
  return [...(probeCommand(container, probe) ?? []), ...request.filter((part) => part !== undefined)].join('\n');
}

/** Programs that never fail. */
const harmless: ReadonlySet<string> = new Set([
  '',
  ':',
  'date',
  'echo',
  'hostname',
  'printf',
  'pwd',
  'sleep',
  'true',
  'uptime',
  'whoami',
]);

/** What may end a script early with a failure. */
const mayEnd = /\bset\s+-\w*e|\bset\s+-o\s+errexit|\bexit\s+(?!0\b)\S|\bexec\b/;

/** Whether a command succeeds whatever happens, such as `echo ok`, `true`, `exit 0` or `curl host || true`. */
export function cannotFail(command: readonly string[]): boolean {
  const script = shellScript(command);
  if (script === undefined) return isHarmless(command.join(' '));
  if (mayEnd.test(script)) return false;
  // The last command decides, together with those that `&&` ties to it.
  const parts = script
    .trim()
    .replace(/[;\s]+$/, '')
    .split(/(\|\||&&|;|\n|\|)/);
  for (let i = parts.length - 1; i >= 0; i -= 2) {
    if (!isHarmless(parts[i] ?? '')) return false;
    if (parts[i - 1] !== '&&') return true;
  }
  return true;
}

/** The script that a shell is given with `-c`. */
function shellScript(command: readonly string[]): string | undefined {
  const [program = '', ...rest] = command;
  if (!/(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(program)) return undefined;
  const option = rest.findIndex((argument) => /^-\w*c$/.test(argument));
  if (option === -1) return undefined;
  return rest.slice(0, option + 1).some((argument) => /^-\w*e/.test(argument))
    ? `set -e\n${rest[option + 1] ?? ''}`
    : (rest[option + 1] ?? '');
}

function isHarmless(command: string): boolean {
  const [program = '', argument = '0'] = command.trim().split(/\s+/);
  if (program === 'exit') return argument === '0';
  return harmless.has(program.slice(program.lastIndexOf('/') + 1));
}

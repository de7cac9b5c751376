const units: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * The number that a Kubernetes quantity stands for, in cores or bytes; nothing when it is not a quantity or below zero.
 *
 * @example parseQuantity('250m') // 0.25
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(quantity: string): number | undefined {
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:[eE]([-+]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(quantity);
  if (match === null) return undefined;
  const [, number = '', exponent, unit = ''] = match;
  return exponent === undefined ? Number(number) * (units[unit] ?? 1) : Number(`${number}e${exponent}`);
}

/** No runtime starts a container in less memory than this. */
const leastMemory = 2 ** 20;

/** More cores than a node has that a container of such a delivery lands on. */
const mostCores = 100;

/** What is wrong with an amount of a container that is a quantity, and not one that anybody means: `512m` is half a byte. */
export function amountProblem(what: 'cpu' | 'memory', quantity: string): string | undefined {
  const amount = parseQuantity(quantity);
  if (amount === undefined) return undefined;
  const digits = /^\d+/.exec(quantity)?.[0] ?? '';
  if (what === 'memory' && amount > 0 && amount < leastMemory)
    return `is less memory than any container starts in; write "${digits === '' || digits === '0' ? '512' : digits}Mi"`;
  if (what === 'cpu' && amount >= mostCores) return `is more CPUs than a node has; write "${digits}m" for thousandths`;
  return undefined;
}

/** Writes cores as people do: `2.3` stays, whole cores have no fraction. */
export const describeCpu = (cores: number): string => String(Math.round(cores * 1000) / 1000);

/** Writes bytes in the largest binary unit that leaves at most two decimals, e.g. `2432Mi`. */
export function describeMemory(bytes: number): string {
  const unit =
    (['Gi', 'Mi', 'Ki'] as const).find(
      (it) => bytes >= (units[it] ?? 1) && Number.isInteger((bytes / (units[it] ?? 1)) * 4),
    ) ?? '';
  return `${bytes / (units[unit] ?? 1)}${unit}`;
}

/** A syntax that Kubernetes asks of a name. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** What it must be, for messages. */
  readonly says: string;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const dnsSubdomain: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
  says: 'lower-case letters, digits, dashes and dots, with a letter or digit at both ends',
};

/** A label of a host name (RFC 1123). */
export const dnsLabel: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  says: 'lower-case letters, digits and dashes, with a letter or digit at both ends',
};

/** A label of a host name that begins with a letter (RFC 1035): what a Service must have on every supported version. */
export const serviceNameRule: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  says: 'lower-case letters, digits and dashes, with a letter in front',
};

/** The name of a port (RFC 6335). */
export const portName: NameRule = {
  pattern: /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
  maxLength: 15,
  says: 'lower-case letters, digits and single dashes, with at least one letter',
};

/** The name of an RBAC object: anything that fits into one step of a URL's path. */
export const pathSegment: NameRule = { pattern: /^(?!\.{1,2}$)[^/%]+$/, maxLength: 253, says: 'free of / and %' };

/** The key of a ConfigMap or Secret. */
export const dataKey: NameRule = {
  pattern: /^(?!\.{1,2}$)[-._a-zA-Z0-9]+$/,
  maxLength: 253,
  says: 'letters, digits, dashes, dots and underscores',
};

/** The name part of a label's or annotation's key. */
export const qualifiedName: NameRule = {
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  maxLength: 63,
  says: 'letters, digits, dashes, dots and underscores, with a letter or digit at both ends',
};

/** A label's value. */
export const labelValue: NameRule = { ...qualifiedName, pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/ };

/** Says why a name breaks a rule; nothing when it does not. */
export function breaks({ pattern, maxLength, says }: NameRule, name: string): string | undefined {
  if (name.length > maxLength) return `must be at most ${maxLength} characters, got ${name.length}: "${name}"`;
  return pattern.test(name) ? undefined : `must be ${says}, got "${name}"`;
}

/** Says why the key of a label or annotation is none (`name` or `prefix/name`); nothing when it is one. */
export function breaksKey(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  return (
    (prefix === undefined ? undefined : breaks(dnsSubdomain, prefix)) ?? breaks(qualifiedName, key.slice(slash + 1))
  );
}

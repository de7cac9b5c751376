/**
 * Milliseconds that a `Retry-After` header asks for: whole seconds, or a date.
 *
 * @param now - milliseconds since 1970
 * @returns undefined where there is none that can be read
 */
export function retryAfter(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Minutes as controllers written in Go write a duration back: what is written otherwise would be a difference for ever. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${hours === 0 ? '' : `${hours}h`}${minutes % 60}m0s`;
}

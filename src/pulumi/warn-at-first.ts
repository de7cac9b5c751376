import type { StackContext } from './stack-context.ts';

const whole = ['portolan:index:Platform', 'portolan:index:Environment'];

/**
 * Says what is so until somebody changes it, such as what a server does not offer: before the stack is made for the first time, and not at
 * every update after it, where only what changes is told.
 */
export async function warnAtFirst(
  { state, warn }: Pick<StackContext, 'state' | 'warn'>,
  message: string,
): Promise<void> {
  const known = await state();
  if (whole.every((type) => known.ofType(type).length === 0)) warn(message);
}

import type { Element } from 'hast';
import { h } from './element.ts';

/** A moment as UTC, for readers without a script; the page's script writes that of the reader's zone before it. */
export const moment = (at: string | number): Element => {
  const whole = new Date(at).toISOString();
  return h('time', { datetime: whole }, `${whole.slice(0, 10)} ${whole.slice(11, 16)} UTC`);
};

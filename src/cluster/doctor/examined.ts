/** One thing that was looked at. */
export interface Examined {
  /** What it is, e.g. `Secret dev/orders-db`. */
  readonly subject: string;
  readonly present: boolean;
  /** What is lacking, and lines that can be typed as they stand, one a line; absent when nothing is. */
  readonly lack?: { readonly message: string; readonly next: string };
}

/** Something that is as it must be. */
export const ok = (subject: string): Examined => ({ subject, present: true });
/** Something that is not, and what to type. */
export const lacks = (subject: string, message: string, next: string): Examined => ({
  subject,
  present: false,
  lack: { message, next },
});

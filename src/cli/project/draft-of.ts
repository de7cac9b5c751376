import { randomUUID } from 'node:crypto';

/** A file beside another, which it becomes when it is whole; no two starts have the same, in whatever containers they run. */
export const draftOf = (file: string): string => `${file}.${randomUUID()}`;

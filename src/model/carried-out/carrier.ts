/** A word that something carries out. */
export interface CarriedOut {
  /** What does, and what of it, in a few words. */
  readonly by: string;
}

/** A word that can be said, and that nothing carries out yet: a rule refuses it. */
export interface NotYet {
  /** What to write until something does: an order, lower case, no full stop. */
  readonly instead: string;
}

/** Who carries out one word of the model. */
export type Carrier = CarriedOut | NotYet;

/** An entry for every word of a union; a word without one does not compile. */
export type Table<Word extends string> = Readonly<Record<Word, Carrier>>;

/** The words of a table that something carries out: what a table of plug-ins must have an entry for. */
export type CarriedWord<Of extends Table<string>> = {
  readonly [Word in keyof Of]: Of[Word] extends CarriedOut ? Word : never;
}[keyof Of] &
  string;

/** What a refused word says of itself. */
export const refusal = ({ instead }: NotYet): string => `is not carried out yet; ${instead}`;

/** Why a word is refused; nothing for one that is carried out, and for one that is no word of the table. */
export function refused(table: Readonly<Record<string, Carrier>>, word: string): string | undefined {
  const carrier = Object.hasOwn(table, word) ? table[word] : undefined;
  return carrier === undefined || 'by' in carrier ? undefined : refusal(carrier);
}

import { KnownTexts } from '../../../objects/known-texts.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import type { Fields } from '../../../objects/fields.ts';
import { everyText } from '../../../objects/every-text.ts';
import { secretIn } from './secret-shapes.ts';

/** Nothing that looks like a token, a private key or a URL with a password is rendered, in plain or in base64. The value is never shown. */
export const secretValues: Check = {
  name: 'secret-values',
  inObject(rendered, report) {
    // Almost no object holds any, and paths cost more than looking.
    if (!holdsSecret(rendered.object)) return;
    for (const { text, path } of everyText(rendered.object)) {
      const what = secretIn(text);
      if (what !== undefined)
        report(
          foundAt(
            rendered,
            path,
            `holds what looks like ${what}, and everybody who reads the branch has it; declare a credential and refer to its key, then revoke this one`,
          ),
        );
    }
  },
};

const harmless = new KnownTexts();

function holdsSecret(value: unknown): boolean {
  if (typeof value === 'string') {
    if (harmless.has(value)) return false;
    if (secretIn(value) !== undefined) return true;
    harmless.add(value);
    return false;
  }
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) {
    for (const entry of value) if (holdsSecret(entry)) return true;
    return false;
  }
  for (const key in value) if (holdsSecret((value as Fields)[key])) return true;
  return false;
}

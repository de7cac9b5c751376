import * as z from 'zod';
import { RegistryError } from './registry-error.ts';

/** Tags that are asked for at once; a registry may give fewer. */
const atOnce = 1000;

const answer = z.object({ tags: z.array(z.string()).nullish() });

/**
 * Every tag of a repository, page by page, in the order of the registry. Where the next page begins says a `Link`, and where a registry gives full pages and
 * no link, the last tag of the page.
 *
 * @param where - the repository, for people
 * @param ask - asks for a page by its query, e.g. `?n=1000`
 * @throws RegistryError for an answer that is none, and for pages that come round again
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 */
export async function listTags(where: string, ask: (query: string) => Promise<Response>): Promise<readonly string[]> {
  const tags = new Set<string>();
  const asked = new Set<string>();
  for (let query: string | undefined = `?n=${atOnce}`; query !== undefined;) {
    if (asked.has(query))
      throw new RegistryError(
        'invalid',
        `${where}: its registry names one page of tags as the next of itself; tell its operator`,
      );
    asked.add(query);
    const page: Response = await ask(query);
    const parsed = answer.safeParse(await page.json().catch(() => undefined));
    if (!parsed.success)
      throw new RegistryError(
        'unreachable',
        `${where}: its registry answered something else than a list of tags; check the network and its proxy`,
      );
    const found = parsed.data.tags ?? [];
    const before = tags.size;
    for (const tag of found) tags.add(tag);
    query =
      nextQuery(page.headers.get('link')) ?? (found.length >= atOnce && tags.size > before ? after(found) : undefined);
  }
  return [...tags];
}

/** Only the query of the address counts: the next page is of the same repository, at the same registry, with the same login. */
function nextQuery(link: string | null): string | undefined {
  const [, address] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '') ?? [];
  if (address === undefined) return undefined;
  const start = address.indexOf('?');
  return start === -1 ? undefined : address.slice(start);
}

const after = (found: readonly string[]): string => `?n=${atOnce}&last=${encodeURIComponent(found.at(-1) ?? '')}`;

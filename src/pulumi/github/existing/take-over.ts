import type * as pulumi from '@pulumi/pulumi';
import type { Problem } from '../../../model/problem.ts';
import { configSetLine } from '../../../model/settings/stack-file.ts';
import type { StackContext } from '../../stack-context.ts';
import type { Existing } from './read-existing.ts';
import { describePlace, resourceOf, typeOf, type Wanted } from './wanted.ts';

/** What is at GitHub already and not in the stack's state. */
export interface FoundAtGitHub {
  /** Ids to import by; none where nothing is taken over. */
  readonly taken: Existing;
  /** What is there and not taken over. */
  readonly problems: readonly Problem[];
}

/** The line by which a stack takes over what exists. */
export const adoptLine = (stack: string): string => configSetLine(stack, 'portolan:adopt', { value: 'true' });

/**
 * Finds what a stack would make at GitHub and what is there: after a lost state, an update that broke off, or somebody's own work. GitHub
 * refuses a second one for ever, so it is taken over, where the stack may, or told with the line that takes it over.
 */
export async function findAtGitHub(
  context: StackContext,
  wanted: readonly Wanted[],
  adopt: boolean,
): Promise<FoundAtGitHub> {
  const state = await context.state();
  const lacking = wanted.filter((one) => !state.has(typeOf(one), one.name));
  const { owner, baseUrl } = context.settings.platform.github;
  const existing: Existing =
    lacking.length === 0
      ? new Map<string, string>()
      : await context.lookUpExisting({ owner, wanted: lacking, ...(baseUrl === undefined ? {} : { baseUrl }) });
  const found = lacking.filter((one) => existing.has(resourceOf(one)));
  if (!adopt)
    return {
      taken: new Map(),
      problems: found.map(({ repository, place }) => ({
        path: `${owner}/${repository}`,
        message: `${describePlace(place)} is there, and is not of this stack; take it over with: ${adoptLine(context.stack)}`,
      })),
    };
  const repositories = [...new Set(found.map(({ repository }) => repository))];
  const within = (name: string): string =>
    found
      .filter(({ repository }) => repository === name)
      .map(({ place }) => describePlace(place))
      .join(', ');
  if (found.length > 0)
    context.warn(
      `takes over at GitHub: ${repositories.map((name) => `${owner}/${name} (${within(name)})`).join('; ')}; what differs from project.ts is changed in the same update, as its lines below show`,
    );
  return { taken: existing, problems: [] };
}

/** Has every resource imported that is taken over; the engine then changes what differs, in the same update. */
export const importing =
  (taken: Existing): pulumi.ResourceTransformation =>
  ({ type, name, props, opts }) => {
    const id = taken.get(`${type} ${name}`);
    return id === undefined ? undefined : { props, opts: { ...opts, import: id } };
  };

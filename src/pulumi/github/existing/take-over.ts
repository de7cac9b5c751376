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
 * refuses a second one for ever, so it is taken over, where the stack may, or told with the line that takes it over. A repository that the stack
 * has, lacks something and is not there is told too.
 */
export async function findAtGitHub(
  context: StackContext,
  wanted: readonly Wanted[],
  adopt: boolean,
): Promise<FoundAtGitHub> {
  const state = await context.state();
  const lacking = wanted.filter((one) => !state.has(typeOf(one), one.name));
  const within = new Set(lacking.map(({ repository }) => repository));
  const held = wanted.filter(
    (one) => one.place.kind === 'repository' && within.has(one.repository) && !lacking.includes(one),
  );
  const { owner, ownerKind, baseUrl } = context.settings.platform.github;
  const existing: Existing =
    lacking.length === 0
      ? new Map<string, string>()
      : await context.lookUpExisting({
          owner,
          isOrganization: ownerKind === 'organization',
          wanted: [...held, ...lacking],
          ...(baseUrl === undefined ? {} : { baseUrl }),
        });
  const problems = held
    .filter((one) => !existing.has(resourceOf(one)))
    .map(({ repository }) => goneAtGitHub(owner, repository, context.stack));
  if (problems.length > 0) return { taken: new Map(), problems };
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
  const foundIn = (name: string): string =>
    found
      .filter(({ repository }) => repository === name)
      .map(({ place }) => describePlace(place))
      .join(', ');
  if (found.length > 0)
    context.warn(
      `takes over at GitHub: ${repositories.map((name) => `${owner}/${name} (${foundIn(name)})`).join('; ')}; what differs from project.ts is changed in the same update, as its lines below show`,
    );
  const taken = new Map(existing);
  for (const one of held) taken.delete(resourceOf(one));
  return { taken, problems: [] };
}

/**
 * A repository that the stack has and its owner has not. The provider asks GitHub once whose account the owner's is, and takes a failure of that
 * one call for a person's: then it makes repositories in the account that the token is of, and finds none of them again.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/main/github/config.go
 */
const goneAtGitHub = (owner: string, repository: string, stack: string): Problem => ({
  path: `${owner}/${repository}`,
  message:
    `this stack has the repository, and ${owner} has none of that name: it was deleted or transferred, or GitHub did not answer whose account ${owner} is when it was made, and it lies, ` +
    `empty, in the account that the token is of; delete it there, or transfer it back; then forget it with: pulumi refresh --yes --stack ${stack}`,
});

/** Has every resource imported that is taken over; the engine then changes what differs, in the same update. */
export const importing =
  (taken: Existing): pulumi.ResourceTransformation =>
  ({ type, name, props, opts }) => {
    const id = taken.get(`${type} ${name}`);
    return id === undefined ? undefined : { props, opts: { ...opts, import: id } };
  };

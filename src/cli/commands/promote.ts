import { setTimeout } from 'node:timers/promises';
import type { Define } from '../command.ts';
import type { IncomingOptions } from '../../ops/promote/bring-in.ts';
import { nameOf, typed, unitNameOf } from '../../model/derived/units.ts';
import { promoteWhenHealthy } from '../../ops/waiting/promote-when-healthy.ts';
import { promote } from '../../ops/promote/promote.ts';
import { openRegistry } from '../../ops/registry/registry.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { describeMerge, describeWrite, summarizeWrite } from '../words/describe-write.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openOps, shownPlaceOf } from '../open/open-ops.ts';
import { saidHealth } from '../open/said-health.ts';
import { openProject } from '../project/open-project.ts';
import { reviseOpen } from '../revise-open.ts';
import { sourceCheckouts } from '../arguments/source-option.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { withApplication, type UnitFlags } from '../arguments/unit-option.ts';
import { unitNamed } from '../../ops/unit-named.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { allowancesOf, repeated, withWriteOptions, type WriteOptions } from '../arguments/write-options.ts';

interface Options extends WriteOptions, UnitFlags {
  readonly image?: readonly string[];
  readonly from?: string;
  readonly newest?: true;
  readonly sourceCommit?: string;
  readonly gitTag?: string;
  readonly source?: readonly string[];
  readonly program?: string;
  readonly resolve: boolean;
  readonly tagImages?: true;
  readonly whenHealthy?: true;
  readonly pullRequest?: true;
  readonly allowOlder?: true;
}

/** `portolan promote ENV`: a release moves in, from a build or from another environment. */
export const define: Define = (command, act) => {
  withWriteOptions(
    withExamples(
      withApplication(withEnvironment(command)),
      'promote dev --image orders=acme/orders:$SHA --image payments=acme/payments:$SHA --source-commit $SHA',
      'promote prod --from dev --git-tag v1.2.0',
      'promote qa --from dev --when-healthy',
    )
      .option(
        '--image <service=ref>',
        'from a build: the image of a service, e.g. orders=acme/orders:v1.2.0; repeatable',
        repeated,
      )
      .option(
        '--from <environment>',
        'the release that another environment runs, or its newest verified one of --source-commit',
      )
      .option(
        '--newest',
        'the newest that the registry has, of a commit that was tested; with --source-commit of that one or a later one, and as patiently as the stage says',
      )
      .option('--source-commit <sha>', 'commit of the source that the images were built from')
      .option('--git-tag <tag>', 'tag that makes it a release; images get it as their tag')
      .option(
        '--source <folder>',
        'checkout of the source, with its whole history, to tell which commit is newer; of several sources NAME=FOLDER each (default: this folder)',
        repeated,
      )
      .option('--program <revision>', 'HEAD accepts a program that renders the other environment differently')
      .option('--no-resolve', 'do not look digests up in the registry')
      .option('--tag-images', 'add --git-tag to the images in the registry, before the branch moves')
      .option(
        '--when-healthy',
        'with --from: only if a cluster, or its engine on the commit itself, says that what runs there is healthy; to be asked again and again, too early is no failure',
      )
      .option('--pull-request', 'open a pull request where no gate asks for one')
      .option('--allow-older', 'let an older release replace what runs'),
  ).action(
    act(async (context, name: string, options: Options) => {
      const { terminal } = context;
      const incomingFrom = sourceOf(options);
      if (options.tagImages && options.gitTag === undefined)
        throw new UsageError('--tag-images adds --git-tag to the images; pass --git-tag TAG');
      const project = await openProject(context);
      chooseEnvironments(project.delivery, [name]);
      const checkouts = sourceCheckouts(project.delivery, options.source ?? []);
      const unit = unitNamed(project.delivery, { environment: name, ...options }, 'was not promoted');
      const ops = await terminal.step(
        'fetch the ops repository',
        () =>
          openOps(project, {
            address: options.ops,
            byHand: options.byHand,
            sourceFolder: checkouts.folders[0],
          }),
        shownPlaceOf,
      );
      const wait = (milliseconds: number, why: string): Promise<void> =>
        terminal.step(`${why}; waiting ${Math.ceil(milliseconds / 1000)} s`, () => setTimeout(milliseconds));
      const registry = openRegistry({ wait });
      const incoming: IncomingOptions = {
        source: incomingFrom,
        healthOf: saidHealth(project),
        ...(options.gitTag === undefined ? {} : { gitTag: options.gitTag }),
        ...(options.resolve
          ? {
              resolveDigest: (reference: string) => registry.resolveDigest(reference),
              revisionOf: (reference: string) => registry.revisionOf(reference),
              look: {
                tagsOf: (repository: string) => registry.tagsOf(repository),
                revisionOf: (reference: string) => registry.revisionOf(reference),
                wait,
              },
            }
          : {}),
      };
      const asked = {
        ...unitNameOf(unit),
        ...incoming,
        ...(options.tagImages
          ? { addTag: (...image: Parameters<typeof registry.addTag>) => registry.addTag(...image) }
          : {}),
        ...allowancesOf(options),
        ...(checkouts.ancestry === undefined ? {} : { sources: checkouts.ancestry }),
        ...(options.pullRequest ? { pullRequest: true } : {}),
        ...(options.allowOlder ? { allowOlder: true } : {}),
      };
      const result = await terminal.step(
        `promote to ${nameOf(unit)}`,
        () =>
          options.whenHealthy && incomingFrom.kind === 'environment'
            ? promoteWhenHealthy(ops, { ...asked, source: incomingFrom })
            : promote(ops, asked),
        (done) => (done.outcome === 'waiting' ? `waits: ${done.because.join('\n')}` : summarizeWrite(done)),
      );
      if (result.outcome === 'waiting') {
        terminal.result(result);
        return true;
      }
      for (const line of describeWrite(result)) terminal.say(line);
      await reviseOpen(ops, unit, terminal);
      if (result.outcome === 'proposed') terminal.say(describeMerge(result));
      if (result.outcome === 'updated') terminal.say(`To go back: npx portolan rollback ${typed(unit)}`);
      terminal.result(result);
      return true;
    }),
  );
};

function sourceOf({ image, from, newest, sourceCommit, program, whenHealthy }: Options): IncomingOptions['source'] {
  if ([image, from, newest].filter((given) => given !== undefined).length !== 1)
    throw new UsageError(
      'say where the release comes from, one of: --image SERVICE=REF of a build, --newest of the registry, or --from ENVIRONMENT',
    );
  if (whenHealthy && (from === undefined || sourceCommit !== undefined))
    throw new UsageError(
      '--when-healthy asks how what runs in another environment is now; pass --from ENVIRONMENT with it, and no --source-commit',
    );
  if (program !== undefined && program !== 'HEAD')
    throw new UsageError(
      `--program: HEAD is the only program that can be accepted, got "${program}"; check another one out instead`,
    );
  if (from !== undefined)
    return {
      kind: 'environment',
      environment: from,
      ...(sourceCommit === undefined ? {} : { release: sourceCommit }),
      ...(program === undefined ? {} : { acceptProgram: true }),
    };
  if (newest) return { kind: 'newest', ...(sourceCommit === undefined ? {} : { sourceCommit }) };
  const images = (image ?? []).map((entry) => {
    const [service = '', ...reference] = entry.split('=');
    if (service === '' || reference.join('=') === '')
      throw new UsageError(`--image: must be SERVICE=REF, e.g. orders=acme/orders:v1.2.0, got "${entry}"`);
    return [service, reference.join('=')] as const;
  });
  const twice = images.map(([service]) => service).find((service, i, all) => all.indexOf(service) !== i);
  if (twice !== undefined) throw new UsageError(`--image: ${twice} is given twice; give each service once`);
  return { kind: 'build', images: Object.fromEntries(images), ...(sourceCommit === undefined ? {} : { sourceCommit }) };
}

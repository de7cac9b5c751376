import type { Delivery } from '../../delivery.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import { publicGitHub } from '../../formats/host.ts';
import { BRANCH_CHECK } from '../../names.ts';
import type { Problem } from '../../problem.ts';
import type { Gate, Stage } from '../../stage.ts';
import { writeMode } from '../../stage.ts';
import { runsWorkflows, startsWorkflows } from '../../derived/starts-workflows.ts';
import { stagePath } from '../place.ts';

type GateOf<Kind extends Gate['kind']> = Extract<Gate, { readonly kind: Kind }>;

const noChecksRun =
  'cannot be asked of a write that starts no workflow, because they would never run; push with an app or a key instead of GITHUB_TOKEN';

function pullRequestProblems(delivery: Delivery, stage: Stage, gate: GateOf<'pullRequest'>): readonly Problem[] {
  const path = `${stagePath(stage)}.gate`;
  const problems: Problem[] = [];
  if (!Number.isInteger(gate.approvals) || gate.approvals < 1 || gate.approvals > 6) {
    problems.push({ path: `${path}.approvals`, message: 'must be a whole number from 1 to 6', given: gate.approvals });
  }
  if (gate.approvers.length === 0)
    problems.push({ path: `${path}.approvers`, message: 'must name who may approve', given: [] });
  const approvers = delivery.actors.filter(({ name }) => gate.approvers.includes(name));
  if (approvers.length > 0 && approvers.every(({ kind }) => kind === 'user') && approvers.length < gate.approvals) {
    problems.push({
      path: `${path}.approvers`,
      message: `must name at least ${gate.approvals} people, or a team`,
      given: gate.approvers,
    });
  }
  for (const { name } of approvers.filter(({ kind }) => kind === 'app'))
    problems.push({ path: `${path}.approvers`, message: 'must be people or teams, not an app', given: name });
  if (writeMode(stage) === 'commit') {
    problems.push({
      path: `${stagePath(stage)}.write.mode`,
      message: 'must be "pullRequest" where the gate is one, because a commit passes it by',
      given: 'commit',
    });
  }
  if (gate.checks.length > 0 && !startsWorkflows(delivery, stage))
    problems.push({ path: `${path}.checks`, message: noChecksRun, given: gate.checks });
  const { holds } = delivery.repositories.find(({ name }) => name === stage.write.repository) ?? {};
  if (holds?.includes('ops') === true) {
    for (const [i, check] of gate.checks.entries())
      if (check !== BRANCH_CHECK)
        problems.push({
          path: `${path}.checks[${i}]`,
          message: `nothing on a rendered branch runs a check of this name, so that no pull request could ever be merged; write "${BRANCH_CHECK}"`,
          given: check,
        });
    if (gate.checks.includes(BRANCH_CHECK) && !runsWorkflows(delivery))
      problems.push({
        path: `${path}.checks`,
        message: `would never run, because no repository on ${delivery.gitHubHost ?? publicGitHub} holds the program; leave them out, or name a GitHub Enterprise server by github:baseUrl in Pulumi.platform.yaml`,
        given: gate.checks,
      });
  }
  return problems;
}

function humanTagProblems(delivery: Delivery, stage: Stage, gate: GateOf<'humanTag'>): readonly Problem[] {
  const path = `${stagePath(stage)}.gate`;
  const problems: Problem[] = [];
  if (gate.taggers.length === 0)
    problems.push({ path: `${path}.taggers`, message: 'must name who may tag', given: [] });
  for (const tagger of delivery.actors) {
    if (tagger.kind === 'app' && gate.taggers.includes(tagger.name))
      problems.push({ path: `${path}.taggers`, message: 'must be people or teams, not an app', given: tagger.name });
  }
  const triggers = stage.triggers.flatMap((trigger) => (trigger.on === 'gitTag' ? [trigger] : []));
  if (triggers.length === 0)
    problems.push({
      path: `${stagePath(stage)}.triggers`,
      message: 'must hold a gitTag where the gate is a tag, else nothing waits for it',
    });
  for (const { repository, pattern } of triggers) {
    const protectedTags = delivery.repositories.find(({ name }) => name === repository)?.tags;
    if (protectedTags === undefined || !matchesPatterns([protectedTags.pattern], pattern)) {
      problems.push({
        path,
        message: `anybody may push a tag like ${pattern} to ${repository}; protect them with repositories.${repository}.tags`,
        given: gate.pattern,
      });
      continue;
    }
    const others = protectedTags.creators.filter((creator) => !gate.taggers.includes(creator));
    if (others.length > 0)
      problems.push({
        path: `repositories.${repository}.tags.creators`,
        message: `may tag, but are not among ${path}.taggers`,
        given: others,
      });
  }
  return problems;
}

/** A gate holds by itself, not by agreement: named people, checks that run, tags and branches that are protected. */
export const enforceableGate = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage) => {
    const { gate } = stage;
    const path = `${stagePath(stage)}.gate`;
    switch (gate.kind) {
      case 'none':
        return gate.accepted?.trim() === ''
          ? [{ path: `${path}.accepted`, message: 'must say why', given: gate.accepted }]
          : [];
      case 'pullRequest':
        return pullRequestProblems(delivery, stage, gate);
      case 'humanTag':
        return humanTagProblems(delivery, stage, gate);
    }
  });

import { faceOf, isCarried } from '../../builders/builders.ts';
import type { Gate, Stage } from '../../model/stage.ts';
import type { Builder, Trigger } from '../../model/supply.ts';

/** What starts a move, in a few words, e.g. `on a push to main`. */
export function triggerWords(trigger: Trigger): string {
  switch (trigger.on) {
    case 'push':
      return `on a push to ${list(trigger.branches)}`;
    case 'pullRequest':
      return 'on a pull request';
    case 'gitTag':
      return `on a tag ${trigger.pattern}`;
    case 'artifactPublished':
      return `when ${trigger.artifact} is published`;
    case 'upstreamHealthy':
      return `when ${list(trigger.stages)} is healthy`;
    case 'dispatch':
      return `on the event ${trigger.event}${trigger.authentication === undefined ? '' : `, sent with ${trigger.authentication}`}`;
    case 'schedule':
      return `at ${trigger.cron}`;
    case 'manual':
      return 'by hand';
  }
}

/** What must be true before a stage writes; nothing where nothing must. */
export function gateWords(gate: Gate): string | undefined {
  switch (gate.kind) {
    case 'none':
      return undefined;
    case 'pullRequest':
      return [
        `a pull request with ${approvalWords(gate.approvals)}${gate.approvers.length === 0 ? '' : ` by ${list(gate.approvers)}`}`,
        ...(gate.checks.length === 0 ? [] : [checkWords(gate.checks)]),
      ].join(' and ');
    case 'humanTag':
      return `a tag ${gate.pattern} by ${list(gate.taggers)}`;
  }
}

/** Who turns source into artifacts. */
export function builderWords(builder: Builder): string {
  return isCarried(builder) ? faceOf(builder).words(builder) : 'released by chart-releaser';
}

/** Whether a stage deploys what it built itself. */
export const rebuilds = ({ rebuild, intake }: Stage): boolean => rebuild === true && intake.from === 'stages';

const list = (names: readonly string[]): string => names.join(', ');

const checkWords = (names: readonly string[]): string =>
  `the ${names.length === 1 ? 'check' : 'checks'} ${list(names)}`;

const approvalWords = (count: number): string => (count === 1 ? '1 approval' : `${count} approvals`);

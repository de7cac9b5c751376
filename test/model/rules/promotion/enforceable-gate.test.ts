import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { enforceableGate } from '../../../../src/model/rules/promotion/enforceable-gate.ts';
import type { Gate, Stage } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withRunToken, withStage } from '../../../support/valid-delivery.ts';

const withGate = (gate: Gate, change: Partial<Stage> = {}): Delivery =>
  withStage(validDelivery(), 'prod', (stage) => ({ ...stage, ...change, gate }));

const review = { kind: 'pullRequest', approvals: 1, approvers: ['releasers'], checks: ['verify'] } as const;
const tag = { kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] } as const;

describe('a gate can be enforced', () => {
  test('passes for a pull request that named people approve and checks run on', () => {
    expect(told(enforceableGate, validDelivery())).toEqual([]);
    expect(told(enforceableGate, withGate({ ...review, approvers: ['alice'] }))).toEqual([]);
  });

  test('passes for a tag that only the named may push', () => {
    expect(told(enforceableGate, withGate(tag))).toEqual([]);
  });

  test('fails for a pull request that nobody needs to approve', () => {
    expect(told(enforceableGate, withGate({ ...review, approvals: 0, approvers: [] }))).toEqual([
      'stages.prod.gate.approvals: must be a whole number from 1 to 6, got 0',
      'stages.prod.gate.approvers: must name who may approve, got []',
    ]);
  });

  test('fails for more approvals than there are people, and for an app that approves', () => {
    expect(told(enforceableGate, withGate({ ...review, approvals: 2, approvers: ['alice'] }))).toEqual([
      'stages.prod.gate.approvers: must name at least 2 people, or a team, got ["alice"]',
    ]);
    expect(told(enforceableGate, withGate({ ...review, approvers: ['releasers', 'promoter'] }))).toEqual([
      'stages.prod.gate.approvers: must be people or teams, not an app, got "promoter"',
    ]);
  });

  test('fails for a check that nothing runs, because nobody could ever merge', () => {
    expect(told(enforceableGate, withGate({ ...review, checks: ['verify', 'smoke'] }))).toEqual([
      'stages.prod.gate.checks[1]: nothing on a rendered branch runs a check of this name, so that no pull request could ever be merged; write "verify", got "smoke"',
    ]);
    const enterprise: Delivery = {
      ...validDelivery(),
      gitHubHost: 'github.example.com',
      repositories: validDelivery().repositories.map((it) => ({
        ...it,
        url: it.url.replace('github.com', 'github.example.com'),
      })),
    };
    expect(told(enforceableGate, enterprise)).toEqual([]);
    expect(told(enforceableGate, { ...enterprise, gitHubHost: 'github.other.example.com' })).toEqual([
      'stages.prod.gate.checks: would never run, because no repository on github.other.example.com holds the program; leave them out, or name a GitHub Enterprise server by github:baseUrl in Pulumi.platform.yaml, got ["verify"]',
    ]);
    const elsewhere: Delivery = {
      ...validDelivery(),
      repositories: validDelivery().repositories.map((it) =>
        it.holds.includes('program') ? { ...it, url: 'https://git.example.com/acme/shop.git' } : it,
      ),
    };
    expect(told(enforceableGate, { ...elsewhere, gitHubHost: 'git.example.com' })).toEqual([]);
    expect(told(enforceableGate, elsewhere)).toEqual([
      'stages.prod.gate.checks: would never run, because no repository on github.com holds the program; leave them out, or name a GitHub Enterprise server by github:baseUrl in Pulumi.platform.yaml, got ["verify"]',
    ]);
  });

  test('fails where a commit passes the pull request by', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      write: { ...stage.write, mode: 'commit' },
    }));

    expect(told(enforceableGate, delivery)).toEqual([
      'stages.prod.write.mode: must be "pullRequest" where the gate is one, because a commit passes it by, got "commit"',
    ]);
  });

  test('fails where checks would never run, because the token starts no workflow', () => {
    const delivery = withRunToken(validDelivery(), 'prod');

    expect(told(enforceableGate, delivery)).toEqual([
      'stages.prod.gate.checks: cannot be asked of a write that starts no workflow, because they would never run; push with an app or a key instead of GITHUB_TOKEN, got ["verify"]',
    ]);
  });

  test('fails for a tag that anybody may push', () => {
    const { repositories, ...rest } = withGate(tag);
    const open = repositories.map(({ tags: _, ...repository }) => repository);
    const narrow = repositories.map((repository) => ({
      ...repository,
      tags: { pattern: 'w*', creators: ['releasers'] },
    }));
    const message =
      'stages.prod.gate: anybody may push a tag like v* to shop; protect them with repositories.shop.tags, got "v*"';

    expect(told(enforceableGate, { ...rest, repositories: open })).toEqual([message]);
    expect(told(enforceableGate, { ...rest, repositories: narrow })).toEqual([message]);
  });

  test('fails for a tag of others than the gate names, of an app, and of nobody', () => {
    expect(told(enforceableGate, withGate({ ...tag, taggers: ['alice', 'promoter'] }))).toEqual([
      'stages.prod.gate.taggers: must be people or teams, not an app, got "promoter"',
      'repositories.shop.tags.creators: may tag, but are not among stages.prod.gate.taggers, got ["releasers"]',
    ]);
    expect(told(enforceableGate, withGate({ ...tag, taggers: [] }))).toEqual([
      'stages.prod.gate.taggers: must name who may tag, got []',
      'repositories.shop.tags.creators: may tag, but are not among stages.prod.gate.taggers, got ["releasers"]',
    ]);
  });

  test('fails where nothing waits for the tag', () => {
    expect(told(enforceableGate, withGate(tag, { triggers: [{ on: 'manual' }] }))).toEqual([
      'stages.prod.triggers: must hold a gitTag where the gate is a tag, else nothing waits for it',
    ]);
  });

  test('fails for a gate of nothing that does not say why', () => {
    expect(told(enforceableGate, withGate({ kind: 'none', accepted: ' ' }))).toEqual([
      'stages.prod.gate.accepted: must say why, got " "',
    ]);
  });
});

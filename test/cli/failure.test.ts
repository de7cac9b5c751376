import { describe, expect, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { describeFailure } from '../../src/cli/failure.ts';
import { UsageError } from '../../src/cli/arguments/usage-error.ts';
import { ProblemsError } from '../../src/model/problem.ts';
import { GitFailure } from '../../src/ops/git/git-failure.ts';
import { OpsError } from '../../src/ops/ops-error.ts';
import { FindingsError } from '../../src/review/checks/finding.ts';

describe('a failure', () => {
  test('of the call ends with 2 and the way to the help', () => {
    const unknown = new CommanderError(
      1,
      'commander.unknownOption',
      "error: unknown option '--al'\n(Did you mean --all?)",
    );

    expect(describeFailure(unknown, 'publish')).toEqual({
      text: 'portolan: unknown option "--al"; did you mean --all?\n  next: npx portolan publish --help',
      data: { error: 'portolan: unknown option "--al"; did you mean --all?\n  next: npx portolan publish --help' },
      exitCode: 2,
    });
  });

  test('of a command that does not exist leads to the list of commands', () => {
    const { text } = describeFailure(
      new CommanderError(1, 'commander.unknownCommand', "error: unknown command 'deploy'"),
      'deploy',
    );

    expect(text).toBe('portolan: unknown command "deploy"\n  next: npx portolan --help');
  });

  test('of an argument ends with 2', () => {
    expect(describeFailure(new UsageError('there is no environment "qa"'))).toEqual({
      text: 'portolan: there is no environment "qa"',
      data: { error: 'portolan: there is no environment "qa"' },
      exitCode: 2,
    });
  });

  test('of the values of options alone ends with 2; of the delivery with 1; both give their problems as data', () => {
    const ofOption = [{ path: '--image orders', message: 'must name a tag' }];
    const ofDelivery = [{ path: 'environments.dev.namespace', message: 'must be lower case', given: 'Dev' }];

    expect(describeFailure(new ProblemsError('what to promote', ofOption))).toMatchObject({
      exitCode: 2,
      data: { problems: ofOption },
    });
    expect(describeFailure(new ProblemsError('the delivery', ofDelivery))).toEqual({
      text: 'portolan: the delivery is not valid (1 problem)\n  environments.dev.namespace: must be lower case, got "Dev"',
      data: {
        error:
          'portolan: the delivery is not valid (1 problem)\n  environments.dev.namespace: must be lower case, got "Dev"',
        problems: ofDelivery,
      },
      exitCode: 1,
    });
  });

  test('of the ops repository gives what did not happen and every reason as data', () => {
    const refusal = { code: 'held', what: 'dev is held', next: 'npx portolan unhold dev' } as const;

    expect(describeFailure(new OpsError('dev was not published', [refusal]))).toEqual({
      text: 'portolan: dev was not published\n  dev is held\n    next: npx portolan unhold dev',
      data: {
        error: 'portolan: dev was not published\n  dev is held\n    next: npx portolan unhold dev',
        subject: 'dev was not published',
        refusals: [refusal],
      },
      exitCode: 1,
    });
  });

  test('of git says what git said and what to do', () => {
    const text =
      'portolan: the command ended here, because git failed\n  git cat-file: fatal: loose object is corrupt\n    next: run the same command again; "git fsck" in that repository says whether it is damaged';

    expect(describeFailure(new GitFailure('other', 'cat-file', 'fatal: loose object is corrupt'))).toEqual({
      text,
      data: { error: text },
      exitCode: 1,
    });
  });

  test('of the checks gives every finding as data', () => {
    const finding = {
      check: 'image-tag',
      environment: 'dev',
      construct: 'dev/shop/orders',
      object: 'Deployment/dev-orders',
      field: 'spec',
      message: 'has no tag',
    };

    expect(describeFailure(new FindingsError('dev', [finding]))).toMatchObject({
      exitCode: 1,
      data: { findings: [finding] },
    });
  });

  test('that nobody expected says so', () => {
    expect(describeFailure(new TypeError('x is not a function')).data).toEqual({
      error: 'portolan: an error nobody expected: x is not a function',
    });
    expect(describeFailure('thrown text').text).toBe('portolan: an error nobody expected: thrown text');
  });
});

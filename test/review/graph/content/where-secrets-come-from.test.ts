import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { graphOf } from '../../../../src/review/graph/graph-of.ts';
import { everyWorkload } from '../../../model/every-workload/every-workload.ts';
import { certified, furtherWords } from '../../../model/further-words.ts';

const harbour = (delivery: Delivery, name: string) => {
  const found = graphOf(delivery).harbours.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

const detailsOf = (delivery: Delivery, environment: string, title: string): readonly string[] =>
  harbour(delivery, environment)
    .nodes.filter((node) => node.title === title || node.kind === title)
    .flatMap(({ details }) => details);

describe('the picture tells', () => {
  test('which Secrets of a service something in the cluster makes, and out of what', () => {
    expect(detailsOf(everyWorkload, 'dev', 'vouchers')).toEqual(
      expect.arrayContaining(['vouchers from vault', 'newsletter sealed on the branch', 'vouchers-tls by letsencrypt']),
    );
    expect(detailsOf(everyWorkload, 'dev', 'mailer')).toContain('smtp made in the cluster');
  });

  test('nothing of Secrets whose values a person gives', () => {
    const all = harbour(furtherWords, 'prod').nodes.flatMap(({ details }) => details);

    expect(all.filter((line) => / (from|by|sealed|made) /.test(line) && !line.startsWith('TLS'))).toEqual([]);
  });

  test('what requests are encrypted with', () => {
    expect(detailsOf(furtherWords, 'prod', 'outside')).toEqual(['TLS with shop-certificate']);
    expect(detailsOf(certified, 'prod', 'outside')).toEqual(['TLS by letsencrypt']);
    expect(detailsOf(everyWorkload, 'prod', 'outside')).toEqual([]);
  });

  test('what all pods of an environment may do beyond the others, and why', () => {
    expect(harbour(certified, 'prod').place).toMatch(/, Pod Security baseline: images of the old shop start as root$/);
    expect(harbour(furtherWords, 'prod').place).not.toContain('Pod Security');
  });
});

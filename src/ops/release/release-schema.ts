import * as z from 'zod';
import { isImageRepository, isImageTag } from '../../model/formats/image-reference.ts';
import { wholeCommit } from '../../model/formats/commit.ts';

/** What `release.yaml` may hold, version by version; a file of any of them stays readable. */

const line = z
  .string()
  .max(1000)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line of text');
/** A name as a key: none that every object of JavaScript has already. */
const name = line.refine((key) => !(key in Object.prototype), 'must be a name, and none that JavaScript uses itself');
const commit = z.string().regex(wholeCommit, 'must be a whole commit, 40 hexadecimal digits');
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'must be a time in UTC such as 2026-01-31T12:00:00Z');

const image = z.strictObject({
  repository: z.string().refine(isImageRepository, 'must be an image repository, e.g. acme/orders'),
  tag: z.string().refine(isImageTag, 'must be an image tag'),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits')
    .optional(),
});

const release = z.strictObject({
  images: z.record(name, image),
  source: z.strictObject({ repository: line, commit }).optional(),
  sources: z.record(name, commit).optional(),
  gitTag: line.optional(),
});

const state = { release: line, commit };
const held = { reason: line, by: line, since: time };

/** `portolan/v1`. */
export const releaseSchemaV1 = z.strictObject({
  apiVersion: z.literal('portolan/v1'),
  environment: line,
  applications: z.record(name, release),
  program: z.strictObject({
    commit: commit.optional(),
    unmerged: z.boolean().optional(),
    uncommitted: z.boolean().optional(),
  }),
  origin: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('initial') }),
    z.strictObject({ kind: z.literal('build') }),
    z.strictObject({
      kind: z.literal('promotion'),
      from: z.array(z.strictObject({ environment: line, commit })).min(1),
    }),
    z.strictObject({ kind: z.literal('moved'), by: line, commit }),
    z.strictObject({ kind: z.literal('rollback'), to: z.strictObject(state) }),
  ]),
  change: z.strictObject({
    kind: z.enum(['publish', 'promote', 'rollback', 'hold', 'unhold']),
    application: line.optional(),
    by: line,
    automatic: z.boolean().optional(),
    run: line.optional(),
    at: time,
    follows: z.strictObject(state).optional(),
    pullRequest: line.optional(),
    emergency: line.optional(),
  }),
  holds: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('manual'), ...held }),
        z.strictObject({
          kind: z.literal('rollback'),
          ...held,
          of: z.strictObject({ ...state, applications: z.record(name, release), program: commit.optional() }),
        }),
      ]),
    )
    .default([]),
});

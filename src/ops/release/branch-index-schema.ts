import * as z from 'zod';

/** What `index.json` may hold, version by version; a file of any of them stays readable. */

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const common = {
  project: z.string(),
  environment: z.string(),
  digest: digest.optional(),
  files: z.record(z.string(), digest),
  secrets: z.record(z.string(), z.array(z.string())),
};

const identity = {
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  construct: z.string(),
};

/** `portolan/v1`: the digest of an object leaves out the versions of its images. */
export const branchIndexV1 = z.strictObject({
  apiVersion: z.literal('portolan/v1'),
  ...common,
  objects: z.record(z.string(), z.strictObject({ ...identity, images: z.array(z.string()).optional(), digest })),
});

const carries = z.enum(['reference', 'tag', 'digest']);

const field = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('image'), artifact: z.string(), repository: z.string() }),
  z.strictObject({
    kind: z.literal('value'),
    artifact: z.string(),
    path: z.array(z.union([z.string(), z.number()])).min(1),
    carries,
  }),
  z.strictObject({ kind: z.literal('marker'), artifact: z.string(), marker: z.string(), carries }),
]);

/** `portolan/v2`: the digest of every file leaves out the fields that are named for it, and no others. */
export const branchIndexV2 = z.strictObject({
  apiVersion: z.literal('portolan/v2'),
  ...common,
  fields: z.record(z.string(), z.array(field).min(1)),
  objects: z.record(z.string(), z.strictObject({ ...identity, digest })),
});

/**
 * Makes the compact schemas in `schemas/`.
 *
 *     npx tsx scripts/make-schemas.ts --openapi answer.json --kubernetes 1.36.3 \
 *       --crds "crds/argocd=Argo CD v3.2.12" --crds "crds/traefik=Traefik v3.7.9"
 *
 * `--parts "steps.kargo.akuity.io=schemas=Kargo v1.11.2"` adds what Kargo asks of the configuration of each step.
 *
 * `kubectl get --raw /openapi/v2 > answer.json` gives the answer; `--server http://127.0.0.1:8001` reads it through
 * `kubectl proxy`. With `--crds` alone, groups are added to those that are there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SchemaIndex, SchemaNode } from '../src/review/schema/schema-node.ts';
import { applyAdditions } from './apply-additions.ts';
import { rawSchema } from '../src/review/schema/custom/compact-schema.ts';
import { addCustomResources } from './crd-schemas.ts';
import { addParts } from './part-schemas.ts';
import type { OpenApi } from './openapi-schemas.ts';
import { addOpenApi } from './openapi-schemas.ts';
import { schemaAdditions } from './schema-additions.ts';
import type { SchemaGroup, SchemaGroups } from './schema-groups.ts';
import { dropUnreachable, schemaFiles } from './schema-groups.ts';

/** What the schemas are made from. */
export interface SchemaSources {
  /** @default - the built-in kinds stay as they are */
  readonly openApi?: OpenApi;
  /** Version of the API server that answered, e.g. `1.36.3`. @default 'of an unknown version' */
  readonly kubernetes?: string;
  /** Folders of custom resource definitions, each with the project and version they come from. */
  readonly customResources: readonly { readonly folder: string; readonly source: string }[];
  /** Folders of JSON Schemas of parts of custom resources, each with the group that they become. @default - none */
  readonly parts?: readonly { readonly group: string; readonly folder: string; readonly source: string }[];
  /** The index that is there already. @default - none */
  readonly index?: SchemaIndex;
  /** Limits to merge into definitions. @default - what the API server checks in its code */
  readonly additions?: Readonly<Record<string, SchemaNode>>;
}

/** Returns the files of `schemas/` by name. */
export function makeSchemas(sources: SchemaSources): ReadonlyMap<string, string> {
  const groups: SchemaGroups = new Map<string, SchemaGroup>();
  if (sources.openApi !== undefined) {
    addOpenApi(groups, sources.openApi, `Kubernetes ${sources.kubernetes ?? 'of an unknown version'}`);
  }
  for (const { folder, source } of sources.customResources) addCustomResources(groups, folder, source);
  for (const { group, folder, source } of sources.parts ?? []) addParts(groups, group, folder, source);
  applyAdditions(groups, sources.additions ?? schemaAdditions);
  dropUnreachable(groups, Object.keys(sources.index?.groups ?? {}));
  return schemaFiles(groups, sources.index);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      openapi: { type: 'string' },
      server: { type: 'string' },
      kubernetes: { type: 'string' },
      crds: { type: 'string', multiple: true, default: [] },
      parts: { type: 'string', multiple: true, default: [] },
      output: { type: 'string', default: 'schemas' },
    },
  });
  const server = values.server === undefined ? undefined : await ask(values.server);
  const openApi = server?.openApi ?? (values.openapi === undefined ? undefined : openApiOf(readJson(values.openapi)));
  const kubernetes = server?.kubernetes ?? values.kubernetes;
  const indexFile = path.join(values.output, 'index.json');
  const files = makeSchemas({
    ...(openApi === undefined ? {} : { openApi }),
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(existsSync(indexFile) ? { index: readJson(indexFile) as SchemaIndex } : {}),
    parts: values.parts.map((argument) => {
      const [group = '', folder = '', source = path.basename(folder)] = argument.split('=');
      return { group, folder, source };
    }),
    customResources: values.crds.map((argument) => {
      const [folder = '', source = path.basename(folder)] = argument.split('=');
      return { folder, source };
    }),
  });
  mkdirSync(values.output, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(values.output, name), text);
  const bytes = [...files.values()].reduce((sum, text) => sum + text.length, 0);
  console.log(`wrote ${String(files.size)} files, ${String(Math.round(bytes / 1024))} KiB, to ${values.output}`);
}

async function ask(url: string): Promise<{ openApi: OpenApi; kubernetes: string }> {
  const json = async (address: string): Promise<unknown> => (await fetch(new URL(address, url))).json();
  const version = rawSchema(await json('/version'), 'version')['gitVersion'];
  return { openApi: openApiOf(await json('/openapi/v2')), kubernetes: String(version).replace(/^v/, '') };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function openApiOf(value: unknown): OpenApi {
  const answer = rawSchema(value, 'the OpenAPI answer');
  const paths = answer['paths'];
  return {
    definitions: rawSchema(answer['definitions'], 'definitions'),
    ...(paths === undefined ? {} : { paths: rawSchema(paths, 'paths') }),
  };
}

if (process.argv[1] !== undefined && path.basename(process.argv[1]) === 'make-schemas.ts') await main();

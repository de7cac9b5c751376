import { z } from 'zod';
import { ProblemsError, type Problem } from './problem.ts';

const name = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be lower-case letters, digits and dashes');
const httpsUrl = z.string().regex(/^https:\/\/[^\s@]+$/, 'must be an https URL without a user or password, e.g. https://github.com/acme/shop-ops.git');
const secureValue = z.strictObject({ secure: z.string() });
const port = z.number().int();

/** What an operator sets for all environments, in `Pulumi.platform.yaml`. */
const platformShape = {
  'portolan:opsRepository': httpsUrl,
  'portolan:registryOwner': name,
  'portolan:protect': z.boolean().optional(),
  'portolan:github': z
    .strictObject({ plan: z.enum(['free', 'team', 'enterprise']), ownerKind: z.enum(['user', 'organization']), appId: port.optional() })
    .optional(),
} as const;

/** What an operator sets for one environment, in `Pulumi.<environment>.yaml`. */
const environmentShape = {
  /** Another ops repository for this environment alone. */
  'portolan:opsRepository': httpsUrl.optional(),
  'portolan:host': z.string().optional(),
  'portolan:nodeName': z.string().optional(),
  'portolan:nodeFolder': z.string().startsWith('/', 'must be an absolute path').optional(),
  'portolan:replicas': z.record(z.string(), z.number().int().min(0)).optional(),
  'portolan:generations': z.record(z.string(), z.number().int().min(1)).optional(),
  'portolan:adopt': z.boolean().optional(),
  'portolan:secrets': z.record(z.string(), secureValue).optional(),
  'kubernetes:context': z.string().optional(),
} as const;

const github = {
  'github:owner': z.string().optional(),
  'github:baseUrl': z.string().optional(),
  'github:token': secureValue.optional(),
} as const;

const stackFile = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({
    config: z.strictObject({ ...shape, ...github }),
    encryptionsalt: z.string().optional(),
    secretsprovider: z.string().optional(),
    encryptedkey: z.string().optional(),
  });

/** Settings that every environment shares. */
export interface PlatformSettings {
  /** https URL that Argo CD reads. */
  readonly opsRepository: string;
  /** Owner of the image repositories, e.g. a Docker Hub user. */
  readonly registryOwner: string;
  /** Whether Pulumi refuses to delete repositories. @default true */
  readonly protect: boolean;
  readonly github: { readonly owner: string; readonly plan: 'free' | 'team' | 'enterprise'; readonly ownerKind: 'user' | 'organization'; readonly appId?: number; readonly baseUrl?: string };
}

/** Settings of one environment. */
export interface EnvironmentSettings {
  readonly opsRepository?: string;
  readonly host?: string;
  readonly nodeName?: string;
  readonly nodeFolder?: string;
  /** By service name. */
  readonly replicas: Readonly<Record<string, number>>;
  /** By credential name. */
  readonly generations: Readonly<Record<string, number>>;
  readonly adopt: boolean;
  readonly kubernetesContext?: string;
}

/** All stack files of a project, read through one schema. */
export interface Settings {
  readonly platform: PlatformSettings;
  /** By environment name; an environment without a file is absent. */
  readonly environments: Readonly<Record<string, EnvironmentSettings>>;
}

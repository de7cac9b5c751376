import { opsRepositoryOf, type Delivery } from '../delivery.ts';
import { isSameRepository } from '../formats/repository-address.ts';
import type { Problem } from '../problem.ts';
import type { PlatformSettings, Settings } from './settings.ts';
import { configSetLine } from './stack-file.ts';
import { closest, unknownName } from '../suggestion.ts';

function unknownKeys(
  stack: string,
  setting: string,
  given: readonly string[],
  kind: string,
  known: readonly string[],
): readonly Problem[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: `Pulumi.${stack}.yaml: config.portolan:${setting}.${name}`,
      message: unknownName(kind, name, known),
    }));
}

/** The ops repository is the delivery's: it must have one, and a setting that says another would be followed by nothing. */
function otherOpsRepository(delivery: Delivery, { opsRepository }: PlatformSettings): readonly Problem[] {
  if (delivery.environments.length === 0) return [];
  const declared = delivery.environments.flatMap(({ name }) => opsRepositoryOf(delivery, name)?.url ?? []);
  const [first] = declared;
  if (first === undefined)
    return [
      {
        path: 'repositories',
        message:
          'none holds "ops", where the branches of the environments lie; write one with holds: ["ops"] and url: settings.platform.opsRepository',
      },
    ];
  if (declared.some((url) => isSameRepository(url, opsRepository))) return [];
  const line = configSetLine('platform', 'portolan:opsRepository', { value: first });
  return [
    {
      path: 'Pulumi.platform.yaml: config.portolan:opsRepository',
      message: `is not the ops repository that project.ts declares, so nothing follows it; write "url: settings.platform.opsRepository" there, or set what it declares with: ${line}`,
      given: opsRepository,
    },
  ];
}

/** What the settings name that the delivery does not have: a mistyped service or credential would change nothing, in silence. */
export function problemsOfSettings(delivery: Delivery, settings: Settings): readonly Problem[] {
  const { platform } = settings;
  const shared = delivery.credentials.map(({ name }) => name);
  return [
    ...otherOpsRepository(delivery, platform),
    ...unknownKeys(
      'platform',
      'generations',
      Object.keys(platform.generations ?? {}),
      'credential of the delivery',
      shared,
    ),
    ...unknownKeys('platform', 'secrets', platform.secrets ?? [], 'credential of the delivery', shared),
    ...Object.entries(settings.environments).flatMap(
      ([name, { replicas, generations, secrets }]): readonly Problem[] => {
        const environment = delivery.environments.find((it) => it.name === name);
        if (environment === undefined) {
          const known = delivery.environments.map((it) => it.name);
          return [
            {
              path: `Pulumi.${name}.yaml`,
              message:
                `is for an environment that project.ts does not declare; ${unknownName('environment', name, known)}` +
                (closest(name, known) === undefined
                  ? `; where it is to go, write it back and go by docs/pulumi.md, "An environment goes"`
                  : ''),
            },
          ];
        }
        const services = environment.applications.flatMap((application) =>
          application.services.map((service) => service.name),
        );
        const credentials = environment.credentials.map((credential) => credential.name);
        // The stack of an environment also puts what the delivery declares into the GitHub environment of its name.
        const inActions = delivery.credentials
          .filter(({ store }) => store.kind === 'githubActions' && store.environment === name)
          .map((credential) => credential.name);
        return [
          ...unknownKeys(name, 'replicas', Object.keys(replicas), `service in ${name}`, services),
          ...unknownKeys(name, 'generations', Object.keys(generations), `credential in ${name}`, credentials),
          ...unknownKeys(name, 'secrets', secrets ?? [], `credential in ${name}`, [...credentials, ...inActions]),
        ];
      },
    ),
  ];
}

/**
 * Environments without a stack file where others have one: Pulumi would make nothing around them, and every setting would be
 * the default, in silence. A file under a mistyped name is the mistake itself, which {@link problemsOfSettings} tells.
 */
export function missingStackFiles({ environments }: Delivery, settings: Settings): readonly Problem[] {
  const names = environments.map(({ name }) => name);
  const files = Object.keys(settings.environments);
  const mistyped = files.filter((file) => !names.includes(file)).map((file) => closest(file, names));
  return names
    .filter((name) => files.length > 0 && !files.includes(name) && !mistyped.includes(name))
    .map((name) => ({
      path: `Pulumi.${name}.yaml`,
      message: `is missing, so that the environment ${name} has no stack and no settings; write it with: pulumi stack init ${name}, or by hand with the one line "config: {}"`,
    }));
}

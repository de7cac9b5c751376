import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

/** Every application of an environment is delivered by a stage: what no stage delivers never gets a release, and says so nowhere. */
export const deliveredEnvironments = ({ environments, stages }: Delivery): readonly Problem[] =>
  environments.flatMap(({ name, applications }) => {
    const own = stages.filter(({ environment }) => environment === name);
    if (own.length === 0)
      return [
        {
          path: `environments.${name}`,
          message: `no stage delivers to it, so that no release reaches it; add { name: "${name}", environment: "${name}", … } to stages, or remove it`,
        },
      ];
    return applications
      .filter((application) => !own.some((stage) => stage.application === application.name))
      .map((application) => ({
        path: `environments.${name}.applications.${application.name}`,
        message: `no stage delivers it to ${name}; add a stage with environment: "${name}" and application: "${application.name}"`,
      }));
  });

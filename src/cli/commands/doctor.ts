import pc from 'picocolors';
import type { Define } from '../command.ts';
import { examine } from '../../cluster/doctor.ts';
import { openCluster } from '../../clients/kubernetes/open-cluster.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { clusterOf } from '../project/cluster-of.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openProject } from '../project/open-project.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { initialReleaseOf, render } from '../trees/rendering.ts';
import { withExamples } from '../arguments/with-examples.ts';

/** `portolan doctor ENV`: what a reachable cluster still lacks for an environment; reads only. */
export const define: Define = (command, act) => {
  withExamples(withEnvironment(command), 'doctor prod')
    .option('--context <name>', 'context of the kubeconfig (default: kubernetes:context of the stack file)')
    .action(
      act(async (context, name: string, options: { context?: string }) => {
        const { terminal } = context;
        const project = await openProject(context);
        const [environment] = chooseEnvironments(project.delivery, [name]);
        if (environment === undefined) return false;
        const rendered = render(project, environment, initialReleaseOf(project.delivery, environment));
        const examined = await examine(openCluster(clusterOf(project, environment, options.context)), {
          delivery: project.delivery,
          environment,
          rendered,
          opsRepository: opsAddressOf(project.delivery, environment.name),
        });
        for (const { subject, lack } of examined) {
          terminal.say(
            lack === undefined
              ? `${pc.green('✔')} ${subject}`
              : `${pc.red('✖')} ${subject}: ${lack.message}\n    ${lack.next.replaceAll('\n', '\n    ')}`,
          );
        }
        const lacking = examined.filter(({ lack }) => lack !== undefined);
        terminal.say();
        terminal.say(
          lacking.length === 0
            ? `Nothing is lacking for ${name}.`
            : `${lacking.length} of ${examined.length} things are lacking for ${name}.`,
        );
        terminal.result({ environment: name, examined });
        return lacking.length === 0;
      }),
    );
};

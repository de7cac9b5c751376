import type { EnvironmentOutputs } from './environment-stack.ts';
import type { PlatformOutputs } from './platform-stack.ts';
import { uncommittedRenderingSettings } from './rendering-settings.ts';
import type { StackContext } from './stack-context.ts';

/** Name of the stack of what environments share. */
const platform = 'platform';

/** Tells that a setting was changed here which Pulumi does not carry out. */
async function warnOfRenderingSettings({
  stack,
  delivery,
  files,
  committedFile,
  isPublished,
  warn,
}: StackContext): Promise<void> {
  const changed = uncommittedRenderingSettings(files[stack], await committedFile(stack));
  if (changed.length === 0) return;
  // Before the first publish there is nothing that would be behind.
  const concerned = stack === platform ? delivery.environments.map(({ name }) => name) : [stack];
  if (!(await Promise.all(concerned.map(isPublished))).includes(true)) return;
  const publish = `npx portolan publish ${stack === platform ? '--all' : stack} --ops URL`;
  warn(
    `${changed.join(', ')} in Pulumi.${stack}.yaml: belongs to what is rendered, and this update does not change it; commit, then publish: merging does, or ${publish}`,
  );
}

/**
 * Makes one stack of the project: what environments share, or one environment of the model.
 *
 * @throws when the project has no such stack, or something would fail; nothing is made then
 */
export async function makeStack(context: StackContext): Promise<PlatformOutputs | EnvironmentOutputs> {
  const { stack, delivery } = context;
  const environments = delivery.environments.map((environment) => environment.name);
  if (stack !== platform && !environments.includes(stack)) {
    throw new Error(
      `portolan: there is no stack "${stack}"; write one of: ${[platform, ...environments].join(', ')}; or add the environment to project.ts`,
    );
  }
  await warnOfRenderingSettings(context);
  // Loaded only here: the platform has no use for the SDK of Kubernetes, which an environment waits for anyway.
  return stack === platform
    ? (await import('./platform-stack.ts')).makePlatform(context)
    : (await import('./environment-stack.ts')).makeEnvironment(context);
}

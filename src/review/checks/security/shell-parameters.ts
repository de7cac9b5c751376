import { foundAt, type Check } from '../../../objects/check.ts';
import { textsAt } from '../../../objects/walk.ts';

const scripts: Readonly<Record<string, readonly string[]>> = {
  'Task.tekton.dev': ['spec.steps[].script', 'spec.steps[].args[]'],
  'Pipeline.tekton.dev': ['spec.tasks[].taskSpec.steps[].script', 'spec.tasks[].taskSpec.steps[].args[]'],
};

const parameter = /\$\((?:inputs\.)?params[.[]["']?([\w-]+)/;

/** No parameter of a Tekton task is pasted into the text of a script: what a webhook sends would be run as a command. */
export const shellParameters: Check = {
  name: 'shell-parameters',
  find({ objects }, report) {
    for (const [kind, paths] of Object.entries(scripts)) {
      for (const rendered of objects.ofKind(kind)) {
        for (const path of paths) {
          for (const { text, path: field } of textsAt(rendered.object, path)) {
            const name = parameter.exec(text)?.[1];
            if (name === undefined || (path.endsWith('args[]') && !text.includes('\n'))) continue;
            report(
              foundAt(
                rendered,
                field,
                `the parameter "${name}" is pasted into a script, so that its value can be a command; pass it as an environment variable and quote that`,
              ),
            );
          }
        }
      }
    }
  },
};

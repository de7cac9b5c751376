import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { bootstrap, object, withContainer } from '../small-objects.ts';
import type { KnownDefect } from './known-defect.ts';

const catalog = new SchemaCatalog(schemaReader('.'));
const triggers = 'triggers.tekton.dev/v1beta1';
const listener = object(triggers, 'EventListener', 'build', {
  spec: { serviceAccountName: 'build-bot', triggers: [{ bindings: [{ ref: 'build' }], template: { ref: 'build' } }] },
});
const run = (workspace: object) => ({
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
  metadata: { generateName: 'build-' },
  spec: { pipelineRef: { name: 'build' }, workspaces: [{ name: 'source', ...workspace }] },
});
const template = (workspace: object) =>
  object(triggers, 'TriggerTemplate', 'build', {
    spec: { params: [{ name: 'REVISION' }], resourcetemplates: [run(workspace)] },
  });

/** Fact sheet `go-sample-app`, section 5. */
export const goSampleApp: readonly KnownDefect[] = [
  {
    defect: 'a binding called BRANCH_NAME where the template needs REVISION',
    objects: [
      listener,
      template({}),
      object(triggers, 'TriggerBinding', 'build', {
        spec: { params: [{ name: 'BRANCH_NAME', value: '$(body.ref)' }] },
      }),
    ],
    found: [
      [
        'trigger-parameters',
        'EventListener/build spec.triggers[0].bindings: no binding gives TriggerTemplate "build" its parameter "REVISION"; bind it, got BRANCH_NAME',
      ],
    ],
  },
  {
    defect: 'listeners that anybody may call, and a value of theirs pasted into a script',
    objects: [
      listener,
      object('tekton.dev/v1', 'Task', 'ops-dev', {
        spec: {
          steps: [{ name: 'edit', image: 'mikefarah/yq:3', script: 'cat <<EOF | yq m -\nnewTag: $(params.TAG)\nEOF' }],
        },
      }),
    ],
    found: [
      [
        'trigger-authentication',
        'EventListener/build spec.triggers[0].interceptors: anybody who reaches the listener can start the pipeline; add an interceptor that checks a signature with a declared credential',
      ],
      [
        'shell-parameters',
        'Task/ops-dev spec.steps[0].script: the parameter "TAG" is pasted into a script, so that its value can be a command; pass it as an environment variable and quote that',
      ],
    ],
  },
  {
    defect: 'a ServiceAccount without any role',
    objects: [listener, object('v1', 'ServiceAccount', 'build-bot')],
    found: [
      [
        'listener-accounts',
        'EventListener/build spec.serviceAccountName: no role is bound to the ServiceAccount "build-bot", so that it cannot start a run; add a RoleBinding to tekton-triggers-eventlistener-roles',
      ],
    ],
  },
  {
    defect: 'one ReadWriteOnce claim for both pipelines and all runs',
    objects: [template({ persistentVolumeClaim: { claimName: 'workspace-pvc' } })],
    found: [
      [
        'run-workspaces',
        'TriggerTemplate/build spec.resourcetemplates[0].spec.workspaces[0].persistentVolumeClaim.claimName: every run that the trigger starts works in the claim "workspace-pvc"; write a volumeClaimTemplate, so that each run has its own',
      ],
    ],
  },
  {
    defect: '`persistentvolumeclaim` in the wrong case, and a kind that is gone',
    objects: [
      template({ persistentvolumeclaim: { claimName: 'workspace-pvc' } }),
      object('tekton.dev/v1alpha1', 'PipelineResource', 'app-image', { spec: { type: 'image' } }),
    ],
    surroundings: { catalog },
    found: [
      [
        'schema',
        'TriggerTemplate/build spec.resourcetemplates[0].spec.workspaces[0].persistentvolumeclaim: unknown field; write "persistentVolumeClaim"',
      ],
      [
        'schema',
        'PipelineResource/app-image kind: no schema for PipelineResource of tekton.dev/v1alpha1; add its custom resource definition with: npx portolan schemas add FILE, got "PipelineResource"',
      ],
    ],
  },
  {
    defect: 'a tool without a tag',
    objects: [
      object('tekton.dev/v1', 'Task', 'ops-dev', { spec: { steps: [{ name: 'edit', image: 'mikefarah/yq' }] } }),
    ],
    found: [
      [
        'image-versions',
        'Task/ops-dev spec.steps[0].image: must name a tag or a digest, e.g. "mikefarah/yq:1.2.3", got "mikefarah/yq"',
      ],
    ],
  },
  {
    defect: 'a dev overlay without probes',
    objects: [withContainer({ readinessProbe: undefined, livenessProbe: undefined })],
    found: [
      [
        'verified-health',
        'Deployment/dev-orders spec.template.spec.containers: the stage "dev" calls a release verified when it is healthy, and no container says when it is; add a readiness probe that can fail',
      ],
    ],
  },
  {
    defect: 'Argo CD without prune, so that renamed objects stay',
    objects: [
      bootstrap(
        object(
          'argoproj.io/v1alpha1',
          'Application',
          'shop-dev',
          { spec: { syncPolicy: { automated: { selfHeal: true }, retry: { refresh: true } } } },
          { finalizers: ['resources-finalizer.argocd.argoproj.io'] },
        ),
      ),
    ],
    found: [
      [
        'sync-policy',
        'Application/shop-dev spec.syncPolicy.automated.prune: the stage says true; write that, got false',
      ],
    ],
  },
];

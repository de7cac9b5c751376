import type { CustomReference } from './custom-reference.ts';
import { kindBeside } from './kind-beside.ts';

/** Which names inside custom resources are names of other objects, for what no plug-in carries out yet: the rest of Flux, Kargo, Tekton and kpack. */
export const customReferences: readonly CustomReference[] = [
  { from: 'Receiver.notification.toolkit.fluxcd.io', path: 'spec.resources[].name', to: kindBeside() },
  { from: 'HelmRelease.helm.toolkit.fluxcd.io', path: 'spec.chart.spec.sourceRef.name', to: kindBeside() },
  { from: 'HelmRelease.helm.toolkit.fluxcd.io', path: 'spec.chartRef.name', to: kindBeside() },
  {
    from: 'HelmRelease.helm.toolkit.fluxcd.io',
    path: 'spec.dependsOn[].name',
    to: 'HelmRelease.helm.toolkit.fluxcd.io',
  },
  {
    from: 'ImagePolicy.image.toolkit.fluxcd.io',
    path: 'spec.imageRepositoryRef.name',
    to: 'ImageRepository.image.toolkit.fluxcd.io',
  },
  { from: 'ImageUpdateAutomation.image.toolkit.fluxcd.io', path: 'spec.sourceRef.name', to: kindBeside() },
  { from: 'Stage.kargo.akuity.io', path: 'spec.requestedFreight[].origin.name', to: 'Warehouse.kargo.akuity.io' },
  { from: 'Stage.kargo.akuity.io', path: 'spec.requestedFreight[].sources.stages[]', to: 'Stage.kargo.akuity.io' },
  {
    from: 'Stage.kargo.akuity.io',
    path: 'spec.promotionTemplate.spec.steps[].task.name',
    to: kindBeside('PromotionTask'),
  },
  {
    from: 'EventListener.triggers.tekton.dev',
    path: 'spec.triggers[].bindings[].ref',
    to: kindBeside('TriggerBinding'),
  },
  {
    from: 'EventListener.triggers.tekton.dev',
    path: 'spec.triggers[].template.ref',
    to: 'TriggerTemplate.triggers.tekton.dev',
  },
  { from: 'EventListener.triggers.tekton.dev', path: 'spec.serviceAccountName', to: 'ServiceAccount' },
  {
    from: 'TriggerTemplate.triggers.tekton.dev',
    path: 'spec.resourcetemplates[].spec.pipelineRef.name',
    to: 'Pipeline.tekton.dev',
  },
  {
    from: 'TriggerTemplate.triggers.tekton.dev',
    path: 'spec.resourcetemplates[].spec.taskRef.name',
    to: kindBeside('Task'),
  },
  { from: 'Pipeline.tekton.dev', path: 'spec.tasks[].taskRef.name', to: kindBeside('Task') },
  { from: 'PipelineRun.tekton.dev', path: 'spec.pipelineRef.name', to: 'Pipeline.tekton.dev' },
  { from: 'Image.kpack.io', path: 'spec.builder.name', to: kindBeside() },
  { from: 'Image.kpack.io', path: 'spec.serviceAccountName', to: 'ServiceAccount' },
  { from: 'Builder.kpack.io', path: 'spec.stack.name', to: kindBeside() },
  { from: 'Builder.kpack.io', path: 'spec.store.name', to: kindBeside() },
];

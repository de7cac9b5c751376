import { everyBuilder } from '../../builders/builders.ts';
import { everyDatabase } from '../../databases/databases.ts';
import { everyIngress } from '../../ingresses/ingresses.ts';
import { everyPromoter } from '../../promoters/promoters.ts';
import { everyEngine } from '../../engines/engines.ts';
import type { Check } from '../../objects/check.ts';
import { keptData } from './applying/kept-data.ts';
import { objectSize } from './applying/object-size.ts';
import { databaseData } from './identity/database-data.ts';
import { databaseMajor } from './identity/database-major.ts';
import { immutableFields } from './identity/immutable-fields.ts';
import { labels } from './identity/labels.ts';
import { namespaces } from './identity/namespaces.ts';
import { objectNames } from './identity/object-names.ts';
import { podNames } from './identity/pod-names.ts';
import { uniqueObjects } from './identity/unique-objects.ts';
import { autoPromotion } from './promotion/auto-promotion.ts';
import { releaseImages } from './promotion/release-images.ts';
import { tagPatterns } from './promotion/tag-patterns.ts';
import { verifiedHealth } from './promotion/verified-health.ts';
import { claims } from './references/pods/claims.ts';
import { clusterHosts } from './references/cluster-hosts.ts';
import { neighbourHosts } from './references/neighbour-hosts.ts';
import { configMaps } from './references/pods/config-maps.ts';
import { containerNames } from './references/pods/container-names.ts';
import { customResources } from './references/custom-resources.ts';
import { hosts } from './references/hosts.ts';
import { listenerAccounts } from './references/listener-accounts.ts';
import { persistentVolumes } from './references/pods/persistent-volumes.ts';
import { probePorts } from './references/pods/probe-ports.ts';
import { scaleTargets } from './references/scale-targets.ts';
import { secrets } from './references/pods/secrets.ts';
import { selectorOverlap } from './references/selector-overlap.ts';
import { selectors } from './references/selectors.ts';
import { serviceAccounts } from './references/pods/service-accounts.ts';
import { services } from './references/services.ts';
import { targetPorts } from './references/target-ports.ts';
import { toolNeeds } from './promotion/tool-needs.ts';
import { triggerParameters } from './references/trigger-parameters.ts';
import { unusedClaims } from './references/pods/unused-claims.ts';
import { volumeNames } from './references/pods/volume-names.ts';
import { autoscalerChanges } from './running/autoscaler-changes.ts';
import { capacity } from './running/capacity.ts';
import { claimRollouts } from './running/claim-rollouts.ts';
import { cronOverlap } from './running/jobs/cron-overlap.ts';
import { deadlines } from './running/deadlines.ts';
import { disruptionBudgets } from './running/disruption-budgets.ts';
import { emptyProbes } from './running/empty-probes.ts';
import { ephemeralDatabases } from './running/ephemeral-databases.ts';
import { limits } from './running/limits.ts';
import { livenessDependencies } from './running/liveness-dependencies.ts';
import { nodePorts } from './running/node-ports.ts';
import { probes } from './running/probes.ts';
import { resources } from './running/resources.ts';
import { runWorkspaces } from './running/jobs/run-workspaces.ts';
import { schedules } from './running/jobs/schedules.ts';
import { sharedClaims } from './running/shared-claims.ts';
import { staleConfiguration } from './running/stale-configuration.ts';
import { schema } from './schema/schema.ts';
import { exposedDatabases } from './security/exposed-databases.ts';
import { imagePolicies } from './security/image-policies.ts';
import { imageVersions } from './security/image-versions.ts';
import { namespaceSecurity } from './security/namespace-security.ts';
import { cutOffPods } from './security/cut-off-pods.ts';
import { networkIsolation } from './security/network-isolation.ts';
import { appArmor } from './security/pod-security/app-armor.ts';
import { capabilities } from './security/pod-security/capabilities.ts';
import { controlOf } from './security/level-of-pods.ts';
import { hostNamespaces } from './security/pod-security/host-namespaces.ts';
import { hostPorts } from './security/pod-security/host-ports.ts';
import { hostProbes } from './security/pod-security/host-probes.ts';
import { hostProcess } from './security/pod-security/host-process.ts';
import { nonRoot } from './security/pod-security/non-root.ts';
import { nonRootUser } from './security/pod-security/non-root-user.ts';
import { privilegeEscalation } from './security/pod-security/privilege-escalation.ts';
import { privilegedContainers } from './security/pod-security/privileged-containers.ts';
import { procMount } from './security/pod-security/proc-mount.ts';
import { seLinux } from './security/pod-security/se-linux.ts';
import { seccomp } from './security/pod-security/seccomp.ts';
import { sysctls } from './security/pod-security/sysctls.ts';
import { volumeTypes } from './security/pod-security/volume-types.ts';
import { secretLiterals } from './security/secret-literals.ts';
import { secretObjects } from './security/secret-objects.ts';
import { secretValues } from './security/secret-values.ts';
import { serviceAccountToken } from './security/service-account-token.ts';
import { shellParameters } from './security/shell-parameters.ts';
import { triggerAuthentication } from './security/trigger-authentication.ts';
import { unheardTokens } from './security/unheard-tokens.ts';

/** The controls of Pod Security "restricted", each held for the pods that may do no more than the level that it is of. */
export const podSecurityChecks: readonly Check[] = [
  controlOf('baseline', hostNamespaces),
  controlOf('baseline', privilegedContainers),
  controlOf('baseline', capabilities),
  controlOf('baseline', volumeTypes),
  controlOf('baseline', hostPorts),
  controlOf('baseline', hostProbes),
  controlOf('restricted', privilegeEscalation),
  controlOf('restricted', nonRoot),
  controlOf('restricted', nonRootUser),
  controlOf('baseline', seccomp),
  controlOf('baseline', appArmor),
  controlOf('baseline', seLinux),
  controlOf('baseline', procMount),
  controlOf('baseline', sysctls),
  controlOf('baseline', hostProcess),
];

/** Every check, in the order of docs/checks.md. */
export const everyCheck: readonly Check[] = [
  // References
  configMaps,
  secrets,
  claims,
  unusedClaims,
  persistentVolumes,
  services,
  targetPorts,
  hosts,
  clusterHosts,
  neighbourHosts,
  serviceAccounts,
  containerNames,
  volumeNames,
  probePorts,
  selectors,
  selectorOverlap,
  scaleTargets,
  customResources,
  triggerParameters,
  listenerAccounts,
  // Identity
  uniqueObjects,
  objectNames,
  podNames,
  labels,
  namespaces,
  immutableFields,
  databaseMajor,
  databaseData,
  // Security
  ...podSecurityChecks,
  namespaceSecurity,
  serviceAccountToken,
  secretValues,
  secretLiterals,
  secretObjects,
  imageVersions,
  imagePolicies,
  networkIsolation,
  cutOffPods,
  unheardTokens,
  exposedDatabases,
  triggerAuthentication,
  shellParameters,
  // Running
  probes,
  emptyProbes,
  livenessDependencies,
  resources,
  limits,
  disruptionBudgets,
  autoscalerChanges,
  sharedClaims,
  claimRollouts,
  cronOverlap,
  schedules,
  deadlines,
  capacity,
  ephemeralDatabases,
  staleConfiguration,
  nodePorts,
  runWorkspaces,
  // Schema
  schema,
  // Applying
  objectSize,
  keptData,
  // Promotion
  releaseImages,
  verifiedHealth,
  tagPatterns,
  autoPromotion,
  toolNeeds,
  // Engines
  ...everyEngine.flatMap(({ checks }) => checks),
  // Builders and promoters
  ...[...everyBuilder, ...everyPromoter].flatMap(({ checks }) => checks),
  // Ingresses and databases
  ...everyIngress.flatMap(({ checks }) => checks),
  ...everyDatabase.flatMap(({ checks }) => checks),
];

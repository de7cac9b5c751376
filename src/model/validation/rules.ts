import type { Delivery } from '../delivery.ts';
import type { Problem } from '../problem.ts';
import { carriedOutChecks } from '../rules/carried-out/carried-out-checks.ts';
import { carriedOutCredentials } from '../rules/carried-out/carried-out-credentials.ts';
import { carriedOutEngines } from '../rules/carried-out/carried-out-engines.ts';
import { carriedOutPromotions } from '../rules/carried-out/carried-out-promotions.ts';
import { carriedOutProperties } from '../rules/carried-out/carried-out-properties.ts';
import { carriedOutTriggers } from '../rules/carried-out/carried-out-triggers.ts';
import { carriedOutWords } from '../rules/carried-out/carried-out-words.ts';
import { carriedOutWrites } from '../rules/carried-out/carried-out-writes.ts';
import { packagedCharts } from '../rules/charts/packaged-charts.ts';
import { chartLogins } from '../rules/charts/chart-logins.ts';
import { renderedCharts } from '../rules/charts/rendered-charts.ts';
import { chartValues } from '../rules/charts/chart-values.ts';
import { helmRepositories } from '../rules/charts/helm-repositories.ts';
import { helmCharts } from '../rules/charts/helm-charts.ts';
import { engineWord } from '../rules/carried-out/engine-word.ts';
import { tektonPlaces } from '../rules/carried-out/tekton-places.ts';
import { tektonSupplies } from '../rules/carried-out/tekton-supplies.ts';
import { startedByHealth } from '../rules/carried-out/started-by-health.ts';
import { credentialShape } from '../rules/credential/credential-shape.ts';
import { engineNamespaces } from '../rules/credential/engine-namespaces.ts';
import { fittingPurpose } from '../rules/credential/fitting-purpose.ts';
import { guardedSecrets } from '../rules/credential/guarded-secrets.ts';
import { oneLogin } from '../rules/credential/one-login.ts';
import { onePurpose } from '../rules/credential/one-purpose.ts';
import { followedNames } from '../rules/isolation/followed-names.ts';
import { furtherNamespaces } from '../rules/isolation/further-namespaces.ts';
import { reservedNames } from '../rules/isolation/reserved-names.ts';
import { separateEnvironments } from '../rules/isolation/separate-environments.ts';
import { separateRoutes } from '../rules/isolation/separate-routes.ts';
import { separateSelectors } from '../rules/isolation/separate-selectors.ts';
import { separateVolumes } from '../rules/isolation/separate-volumes.ts';
import { authenticTriggers } from '../rules/promotion/authentic-triggers.ts';
import { builtBranches } from '../rules/promotion/built-branches.ts';
import { composedTimeouts } from '../rules/promotion/composed-timeouts.ts';
import { coveringGate } from '../rules/promotion/covering-gate.ts';
import { distinctWriteScope } from '../rules/write/distinct-write-scope.ts';
import { emergencyPeople } from '../rules/promotion/emergency-people.ts';
import { enforceableGate } from '../rules/promotion/enforceable-gate.ts';
import { followedWrite } from '../rules/write/followed-write.ts';
import { copiedSource } from '../rules/carried-out/copied-source.ts';
import { cronJobStages } from '../rules/toolchain/cron-job-stages.ts';
import { listenerAddresses } from '../rules/toolchain/listener-addresses.ts';
import { toldLooks } from '../rules/toolchain/told-looks.ts';
import { fluxImagesStages } from '../rules/toolchain/flux-images-stages.ts';
import { kargoStages } from '../rules/toolchain/kargo-stages.ts';
import { kargoSupplies } from '../rules/toolchain/kargo-supplies.ts';
import { kpackSupplies } from '../rules/carried-out/kpack-supplies.ts';
import { lastGate } from '../rules/promotion/last-gate.ts';
import { meaningfulHealth } from '../rules/promotion/meaningful-health.ts';
import { noLoop } from '../rules/promotion/no-loop.ts';
import { programIntake } from '../rules/reference/program-intake.ts';
import { reachableStages } from '../rules/promotion/reachable-stages.ts';
import { sameFreight } from '../rules/promotion/same-freight.ts';
import { severalApplications } from '../rules/promotion/several-applications.ts';
import { supplySettings } from '../rules/promotion/supply-settings.ts';
import { triggerSettings } from '../rules/promotion/trigger-settings.ts';
import { unmergedBuilds } from '../rules/promotion/unmerged-builds.ts';
import { writeText } from '../rules/write/write-text.ts';
import { serviceAccountRights } from '../rules/pods/service-account-rights.ts';
import { autoscalingMetrics } from '../rules/pods/autoscaling-metrics.ts';
import { containerLife } from '../rules/pods/container-life.ts';
import { downwardApi } from '../rules/pods/downward-api.ts';
import { podSecurity } from '../rules/pods/pod-security.ts';
import { podFiles } from '../rules/pods/pod-files.ts';
import { jobs } from '../rules/pods/jobs.ts';
import { kindsOfWorkload } from '../rules/pods/kinds-of-workload.ts';
import { rolloutAmounts } from '../rules/pods/rollout-amounts.ts';
import { scheduling } from '../rules/pods/scheduling.ts';
import { monitoring } from '../rules/network/monitoring.ts';
import { secretOrigins } from '../rules/credential/secret-origins.ts';
import { waysIn } from '../rules/network/ways-in.ts';
import { waysOut } from '../rules/network/ways-out.ts';
import { connections } from '../rules/reference/connections.ts';
import { courseReferences } from '../rules/reference/course-references.ts';
import { deliveredEnvironments } from '../rules/reference/delivered-environments.ts';
import { podCredentials } from '../rules/reference/pod-credentials.ts';
import { podReferences } from '../rules/reference/pod-references.ts';
import { repositorySettings } from '../rules/reference/repository-settings.ts';
import { servicePorts } from '../rules/reference/service-ports.ts';
import { texts } from '../rules/reference/texts.ts';
import { untaggedTexts } from '../rules/reference/untagged-texts.ts';
import { builtVersions } from '../rules/version/built-versions.ts';
import { servedToolchains } from '../rules/toolchain/served-toolchains.ts';
import { tektonStages } from '../rules/toolchain/tekton-stages.ts';
import { strictestGate } from '../rules/toolchain/strictest-gate.ts';
import { databaseVersions } from '../rules/version/database-versions.ts';
import { imageReferences } from '../rules/version/image-references.ts';
import { initialReleases } from '../rules/version/initial-releases.ts';
import { matchableTags } from '../rules/version/matchable-tags.ts';
import { keptPage } from '../rules/write/kept-page.ts';
import { statedRegistries } from '../rules/version/stated-registries.ts';
import { versionSchemes } from '../rules/version/version-schemes.ts';
import { backups } from '../rules/workload/backups.ts';
import { capacity } from '../rules/workload/capacity.ts';
import { databaseWords } from '../rules/workload/database-words.ts';
import { dataFolders } from '../rules/workload/data-folders.ts';
import { keysAndLabels } from '../rules/workload/keys-and-labels.ts';
import { kubernetesLines } from '../rules/workload/kubernetes-lines.ts';
import { kubernetesNames } from '../rules/workload/kubernetes-names.ts';
import { paths } from '../rules/workload/paths.ts';
import { quantities } from '../rules/workload/quantities.ts';
import { replicas } from '../rules/workload/replicas.ts';
import { rollouts } from '../rules/workload/rollouts.ts';
import { statedReasons } from '../rules/workload/stated-reasons.ts';
import { uniqueNames } from '../rules/workload/unique-names.ts';
import { unprefixedHosts } from '../rules/workload/unprefixed-hosts.ts';

/** One rule: what it finds wrong with a delivery. It never throws. */
export type Rule = (delivery: Delivery) => readonly Problem[];

/** Every rule of the model, by name, in the order in which problems are told: what others depend on comes first. */
export const rules = {
  uniqueNames,
  reservedNames,
  followedNames,
  repositorySettings,
  supplySettings,
  triggerSettings,
  courseReferences,
  servedToolchains,
  podReferences,
  podCredentials,
  connections,
  texts,
  untaggedTexts,
  servicePorts,
  kubernetesNames,
  keysAndLabels,
  waysIn,
  waysOut,
  monitoring,
  paths,
  kubernetesLines,
  statedReasons,
  versionSchemes,
  builtVersions,
  matchableTags,
  imageReferences,
  helmCharts,
  chartValues,
  renderedCharts,
  chartLogins,
  packagedCharts,
  helmRepositories,
  statedRegistries,
  keptPage,
  databaseVersions,
  dataFolders,
  databaseWords,
  initialReleases,
  replicas,
  rollouts,
  rolloutAmounts,
  kindsOfWorkload,
  jobs,
  scheduling,
  podFiles,
  podSecurity,
  containerLife,
  downwardApi,
  serviceAccountRights,
  autoscalingMetrics,
  quantities,
  capacity,
  backups,
  unprefixedHosts,
  furtherNamespaces,
  separateEnvironments,
  separateRoutes,
  separateSelectors,
  separateVolumes,
  credentialShape,
  secretOrigins,
  onePurpose,
  engineNamespaces,
  oneLogin,
  fittingPurpose,
  guardedSecrets,
  reachableStages,
  programIntake,
  deliveredEnvironments,
  severalApplications,
  noLoop,
  sameFreight,
  unmergedBuilds,
  builtBranches,
  distinctWriteScope,
  followedWrite,
  writeText,
  authenticTriggers,
  lastGate,
  enforceableGate,
  emergencyPeople,
  coveringGate,
  strictestGate,
  cronJobStages,
  toldLooks,
  listenerAddresses,
  fluxImagesStages,
  tektonStages,
  kargoSupplies,
  kargoStages,
  kpackSupplies,
  tektonSupplies,
  tektonPlaces,
  copiedSource,
  composedTimeouts,
  meaningfulHealth,
  carriedOutWords,
  carriedOutProperties,
  carriedOutChecks,
  carriedOutEngines,
  carriedOutTriggers,
  carriedOutPromotions,
  startedByHealth,
  engineWord,
  carriedOutWrites,
  carriedOutCredentials,
} as const satisfies Readonly<Record<string, Rule>>;

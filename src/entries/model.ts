/** What the package exports under its own name: the words of a delivery, and what makes them. */
export type { Application, Claim, ConstructPlace, KubernetesObject, Patch } from '../model/application.ts';
export type { Artifact, VersionScheme } from '../model/artifact.ts';
export type { ChartRenderer, HelmChart } from '../model/charts/helm-chart.ts';
export {
  fromDatabase,
  podNamespace,
  secret,
  type Container,
  type ContainerPort,
  type EnvSource,
  type EnvValue,
  type ImageSource,
  type Mount,
  type Probe,
  type ProbeAction,
  type Resources,
} from '../model/container.ts';
export type { Credential } from '../model/credential.ts';
export type { Backup, Database, ExternalDatabase, Storage } from '../model/database.ts';
export type { CheckException, Delivery, KeptPage, Policies } from '../model/delivery.ts';
export { k3sDns, k3sTraefik, type Environment, type KubernetesLine, type Toolchain } from '../model/environment.ts';
export type { PodPeer } from '../model/network/pod-peer.ts';
export { host, port, text, unprefixedHost, type Reference, type Text, type TextValue } from '../model/formats/text.ts';
export type { Dns } from '../model/network/dns.ts';
export type { Ingress, IngressKind, Tls } from '../model/network/ingress.ts';
export type { Hosts, Route } from '../model/network/route.ts';
export { applicationBranch, environmentBranch } from '../model/names.ts';
export type { Autoscaling, AutoscalingMetric, ScalingRules } from '../model/pods/autoscaling.ts';
export type { LifecycleAction } from '../model/pods/lifecycle-action.ts';
export type { Metrics, Monitoring } from '../model/network/monitoring.ts';
export type { RemoteSecret, SecretOrigin } from '../model/secrets/secret-origin.ts';
export type { PodSecurity } from '../model/pods/pod-security.ts';
export type { Rollout } from '../model/pods/rollout.ts';
export type {
  NodeRequirement,
  PodAffinityTerm,
  Scheduling,
  Toleration,
  TopologySpread,
} from '../model/pods/scheduling.ts';
export type { AccountRule, ServiceAccount } from '../model/pods/service-account.ts';
export type { FileItem, ProjectedSource, Volume } from '../model/pods/volume.ts';
export type { ImageVersion, Release } from '../model/release.ts';
export type { Actor, Repository } from '../model/repository.ts';
export {
  connectsTo,
  httpsOut,
  type Config,
  type Connection,
  type ServiceJob,
  type JobTime,
  type Service,
  type ServicePort,
} from '../model/service.ts';
/**
 * The words that the types of settings are written in: those of `zod/mini`, without its messages in forty languages, its compiler and its way
 * to JSON Schema, which every start would read. Any other schema of Zod 4 is as good.
 */
export * as z from './setting-types.ts';
export { declareSettings, type OwnSettings, type OwnValues } from '../model/settings/own-settings.ts';
export type { EnvironmentSettings, PlatformSettings, Settings, SettingsWith } from '../model/settings/settings.ts';
export type { Engine, Gate, Intake, Locator, Promoter, Stage, Write } from '../model/stage.ts';
export type { Builder, Discovery, GitTransport, Supply, Trigger } from '../model/supply.ts';
export type { Listener } from '../model/network/listener.ts';
export type { TektonBuilder } from '../model/builders/tekton-builder.ts';
export type { PackagedChart } from '../model/builders/packaged-chart.ts';

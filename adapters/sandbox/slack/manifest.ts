import type { SlackCommand, SlackShortcut } from './protocol';

/** The parts of a Slack app manifest that decide what the workspace lets the app do; the rest may be there too. */
export type SlackManifest = {
  display_information: { name: string };
  features?: {
    app_home?: { home_tab_enabled?: boolean; messages_tab_enabled?: boolean };
    bot_user?: { display_name: string };
    shortcuts?: { name: string; type: 'message' | 'global'; callback_id: string; description: string }[];
    slash_commands?: { command: string; description: string; usage_hint?: string; should_escape?: boolean }[];
  };
  oauth_config?: { scopes?: { bot?: string[] } };
  settings?: {
    event_subscriptions?: { bot_events?: string[] };
    interactivity?: { is_enabled?: boolean };
    socket_mode_enabled?: boolean;
  };
};

export function botScopes(manifest: SlackManifest): string[] {
  return manifest.oauth_config?.scopes?.bot ?? [];
}

export function botEvents(manifest: SlackManifest): string[] {
  return manifest.settings?.event_subscriptions?.bot_events ?? [];
}

/** Slash commands need the scope `commands` as well as their declaration. */
export function commandsOf(manifest: SlackManifest): (SlackCommand & { should_escape: boolean })[] {
  if (!botScopes(manifest).includes('commands')) return [];
  return (manifest.features?.slash_commands ?? []).map((given) => ({
    command: given.command,
    description: given.description,
    usage_hint: given.usage_hint ?? '',
    should_escape: given.should_escape ?? false,
  }));
}

export function shortcutsOf(manifest: SlackManifest): SlackShortcut[] {
  const allowed = isInteractive(manifest) && botScopes(manifest).includes('commands');
  return allowed ? (manifest.features?.shortcuts ?? []).map((given) => ({ ...given })) : [];
}

/** Buttons, modals and shortcuts reach the app only with interactivity switched on. */
export function isInteractive(manifest: SlackManifest): boolean {
  return manifest.settings?.interactivity?.is_enabled === true;
}

export function hasHome(manifest: SlackManifest): boolean {
  return manifest.features?.app_home?.home_tab_enabled === true;
}

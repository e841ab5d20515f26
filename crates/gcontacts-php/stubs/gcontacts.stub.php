<?php
/* Copyright (C) 2026 The GContacts authors
 *
 * This program is free software: you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation, either version 3 of the License, or
 * (at your option) any later version.
 *
 * This program is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
 * GNU General Public License for more details.
 *
 * You should have received a copy of the GNU General Public License
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file  What the extension gcontacts offers to PHP, for editors and static analysis. A test compares it with the extension.
 *
 * Settings of php.ini, which only the system's administrator may set:
 * - gcontacts.people_endpoint (https://people.googleapis.com): base of the People API's paths;
 * - gcontacts.oauth_endpoint (empty: Google's own): base of /o/oauth2/v2/auth, /token, /revoke and /v1/userinfo.
 *
 * Scalars are strict whatever `strict_types` says: ids are integers, flags booleans.
 *
 * @phpstan-type Client array{client_id: string, client_secret: string, redirect_uri: string}
 * @phpstan-type Transport array{
 *     deadline_ms: int, proxy?: string, proxy_user?: string, proxy_password?: string, writes_per_minute?: int, limiter?: string
 * } `writes_per_minute` is where the account's pace begins, 0 for no limit of our own; `limiter` is what the last call to the
 * same account returned under this name, '' for none. A call that has to wait does so within its deadline, or ends with the
 * reason `quota_rate` and the seconds to wait.
 * @phpstan-type Tokens array{access_token: string, expires_in: int, refresh_token: string, scopes: list<string>}
 * @phpstan-type Address array{street: string, zip: string, town: string, state: string, country: string, country_code: string}
 * @phpstan-type Settings array{
 *     instance: string, container_label: string, my_contacts: bool, representative_labels: bool, notes: bool,
 *     per_contact: bool, per_contact_default: bool, country: string,
 *     type_labels?: ?array{customers: string, prospects: string, suppliers: string}, category_labels?: bool,
 *     company_in_name?: bool, clean_dolimods?: bool, clash?: 'dolibarr'|'google'|'ask'
 * }
 * @phpstan-type Label array{
 *     source: 'container'|'representative'|'customer'|'prospect'|'supplier'|'category', source_id: int,
 *     resource_name: string, name: string
 * }
 * @phpstan-type Category array{id: int, name: string}
 * @phpstan-type Contact array{
 *     civility: string, firstname: string, lastname: string, job_title: string, email: string, phone_pro: string,
 *     phone_perso: string, phone_mobile: string, fax: string, address: Address, birthday: string, url: string,
 *     social_networks: list<array{network: string, name: string, handle: string, url: string}>, note_public: string,
 *     private: bool, active: bool, own_entity: bool, synchronise: ?bool, page_url: string, categories?: list<Category>
 * }
 * @phpstan-type Company array{
 *     id: int, name: string, email: string, phone: string, fax: string, address: Address, url: string, open: bool,
 *     representatives: list<array{id: int, login: string}>, customer?: bool, prospect?: bool, supplier?: bool,
 *     categories?: list<Category>
 * }
 * @phpstan-type Link array{
 *     origin: 'created'|'adopted'|'imported', nonce: string, resource_name: ?string, sent: ?string,
 *     person: ?string, removed?: bool
 * }
 * @phpstan-type Record array{type: string, id: int, contact: ?Contact, company: ?Company, link: ?Link}
 * @phpstan-type Intent array{
 *     type: string, id: int, action: 'create'|'update'|'delete'|'release'|'none'|'left_out'|'wait'|'refused',
 *     nonce: string, sent: string, reason: string, message: string
 * }
 * @phpstan-type Likes array{element: 'candidate'|'contact'|'thirdparty', id: int, name: string, company: string, keys: list<string>}
 * @phpstan-type Candidate array{
 *     kind: 'person'|'nameless'|'company', title: string, civility: string, firstname: string, lastname: string,
 *     job_title: string, company: string, emails: list<string>, phones: list<array{number: string, label: string}>,
 *     address: Address, birthday: string, url: string, accounts: list<array{network: string, name: string}>, note: string,
 *     fields: array{email: string, phone_pro: string, phone_perso: string, phone_mobile: string, fax: string, more: list<string>}
 * }
 * @phpstan-type Listed array{
 *     name: string, source_id: string, etag: string, marker: string, of_another: bool, labels: list<string>,
 *     candidate: Candidate, likes: Likes
 * }
 * @phpstan-type Deletions array{linked?: int, last_day?: int, waiting?: int, allowed?: list<array{type: string, id: int}>}
 * @phpstan-type Account array{refusals_are_whole?: bool}
 * @phpstan-type Outcome array{
 *     type: string, id: int, action: 'create'|'update'|'delete'|'release', result: 'done'|'refused'|'unknown'|'later',
 *     reason: string, message: string, nonce: string, resource_name: string, source_id: string, etag: string,
 *     updated: string, person: string, sent: string, labels: list<string>, before: string,
 *     clashes: list<array{part: string, dolibarr: string, google: string, rule: 'dolibarr'|'google'|'ask'}>, changed: list<string>,
 *     dolimods: list<string>
 * }
 * @phpstan-type Stopped array{reason: string, message: string, retry_after: ?int}
 * @phpstan-type Found array{
 *     nonce: string, resource_name: string, source_id: string, etag: string, person: string,
 *     labels: list<string>
 * }
 * @phpstan-type CardState array{
 *     resource_name: string, source_id: string, etag: string, updated: string, person: string,
 *     labels: list<string>, dolimods: list<string>
 * }
 * @phpstan-type ComparedRow array{
 *     key: string, of_company: bool, dolibarr: string, google: string, changed: 'nobody'|'dolibarr'|'phone'|'both',
 *     differs: bool, takeable: bool, sendable: bool, same_as: ?string, address: ?Address
 * }
 * @phpstan-type Compared array{
 *     type: string, id: int, compared: bool, reason: string, message: string, rows: list<ComparedRow>,
 *     only_at_google: list<array{kind: string, label: string, text: string}>, changed: list<string>, to_send: bool,
 *     labels_missing: list<string>, labels_extra: list<string>
 * }
 * @phpstan-type Traits array{id: int, name: string, keys: list<string>}
 * @phpstan-type Pair array{contact: int, card: int, likeness: string}
 * @phpstan-type Group array{
 *     resourceName: string, etag?: ?string, name?: string, groupType?: string, memberCount?: int,
 *     clientData?: list<array{key: string, value: string}>
 * }
 * @phpstan-type CardPrint array{
 *     resource_name: string, source_id: string, object: string, markers: list<string>, says: string, labels: string,
 *     name: string, error: string
 * }
 * @phpstan-type RestoredLabel array{backup: string, name: string, resource_name: string}
 */

namespace GContacts;

/**
 * Says which extension is loaded. Another `door` than the module's means that one of both must be updated.
 *
 * @return array{version: string, door: int, people_endpoint: string, oauth_endpoint: string}
 */
function extension_info(): array
{
}

/**
 * Prepares a consent; sends nothing. The state must be compared when the browser comes back, and the verifier kept for
 * exchange_code(), away from the browser.
 *
 * @param  Client $client      The registration in Google's console
 * @param  string $login_hint  E-mail or `sub` of the account to propose, or ''
 * @return array{url: string, state: string, verifier: string}
 * @throws ConfigException
 */
function consent_request(array $client, string $login_hint): array
{
}

/**
 * Turns the code of a consent into tokens.
 *
 * @param  Client    $client
 * @param  Transport $transport
 * @return Tokens               `refresh_token` is '' where Google sent none
 * @throws Exception
 */
function exchange_code(array $client, array $transport, string $code, string $verifier): array
{
}

/**
 * Gets a new access token. `invalid_grant` means that the consent is gone.
 *
 * @param  Client    $client
 * @param  Transport $transport
 * @return Tokens               `refresh_token` is '' where it was not renewed: the old one stays valid
 * @throws Exception
 */
function refresh_access(array $client, array $transport, string $refresh_token): array
{
}

/**
 * Prepares a consent to read an account once; sends nothing. As consent_request(), but the account is chosen on Google's
 * page, nothing that was granted before comes along, and there will be no refresh token.
 *
 * @param  Client $client The registration in Google's console
 * @return array{url: string, state: string, verifier: string}
 * @throws ConfigException
 */
function reading_request(array $client): array
{
}

/**
 * Turns the code of a consent of reading_request() into a token with which contacts can be read, and nothing written.
 *
 * @param  Client    $client
 * @param  Transport $transport
 * @return Tokens               `refresh_token` is ''
 * @throws Exception
 */
function exchange_reading_code(array $client, array $transport, string $code, string $verifier): array
{
}

/**
 * Ends the consent that a token, refresh or access, belongs to. One that is not valid any more is as good.
 *
 * @param  Transport $transport
 * @throws Exception
 */
function revoke(array $transport, string $token): void
{
}

/**
 * Tells whose account it is; `sub` never changes, the e-mail can.
 *
 * @param  Transport $transport
 * @return array{sub: string, email: string}
 * @throws Exception
 */
function userinfo(array $transport, string $access_token): array
{
}

/**
 * Counts the cards of the account: the cheapest proof that token, scope and API are good.
 *
 * @param  Transport $transport
 * @throws Exception
 */
function count_cards(array $transport, string $access_token): int
{
}

/**
 * Decides what each record needs; sends nothing. Commit the intents before the plan goes to send(), above all `nonce` and
 * `sent` of each create: where the answer is lost, resolve() finds the card by the one, and the next plan() knows by the
 * other what stands on it.
 *
 * Where more than 10 cards and more than 5 % of the linked ones would go (deleted or released; those that wait and those of
 * the last day), they get the action wait with the reason `deletions_held`, except those that $deletions names as allowed.
 *
 * @param  Settings       $settings
 * @param  list<Label>    $labels    The labels that are known at Google
 * @param  list<Record>   $records
 * @param  Deletions|null $deletions What goes beside these records; without it no more than 10 cards go
 * @return array{plan: Plan, intents: list<Intent>, calls: int} One intent per record, in their order
 * @throws DataException
 */
function plan(array $settings, array $labels, array $records, ?array $deletions = null): array
{
}

/**
 * Carries a plan out. Throws only where nothing can have been sent; what went wrong later is told by `stopped`, and each
 * record of the plan that needed a card to change has its outcome.
 *
 * - done: store it; after a delete or release forget the card;
 * - refused: Google or the data says no to this record alone, and would again;
 * - unknown: a create may have happened: keep its nonce, and resolve() it. With the reason `batch_refused` it stood in a batch
 *   that Google refused for another; where resolve() shows that none of those was made, `refusals_are_whole`;
 * - later: keep it in the outbox. With the reason `not_found` the card is gone at Google: forget it, and the next plan
 *   makes another.
 *
 * @param  Transport    $transport
 * @param  Account|null $account   What the account has shown; without it the worst is assumed
 * @return array{
 *     outcomes: list<Outcome>, labels: list<Label>, left: list<string>, warnings: list<array{reason: string, message: string}>,
 *     stopped: ?Stopped, calls: int, writes: int, limiter: string
 * }
 * `left` are labels that cards have left, which may be empty now: see delete_empty_labels().
 * @throws Exception
 */
function send(array $transport, string $access_token, Plan $plan, ?array $account = null): array
{
}

/**
 * Begins what send() does, and returns at once: the calls are made while PHP goes on. One at a time; any other function that
 * asks Google waits until it is over. Where the request ends before end_send(), it is broken off.
 *
 * @param  Transport        $transport
 * @param  Account|null     $account   What the account has shown; without it the worst is assumed
 * @param  list<Label>|null $labels    The labels that are known by now; without them those that the plan was made with
 * @throws Exception
 */
function begin_send(array $transport, string $access_token, Plan $plan, ?array $account = null, ?array $labels = null): void
{
}

/**
 * Waits for what begin_send() began. Where nothing can have been sent it throws, as send(); with the reason `bad_answer` the call
 * ended without an answer, and it has to be found out what it did.
 *
 * @return array{
 *     outcomes: list<Outcome>, labels: list<Label>, left: list<string>, warnings: list<array{reason: string, message: string}>,
 *     stopped: ?Stopped, calls: int, writes: int, limiter: string
 * }
 * @throws Exception
 */
function end_send(): array
{
}

/**
 * Looks at every card of the account for creates of unknown outcome. A nonce that was not found is surely not there only
 * where `complete` is true and the create is older than Google takes to list it.
 *
 * @param  Transport    $transport
 * @param  list<string> $nonces
 * @return array{found: list<Found>, complete: bool, cards: int, stopped: ?Stopped, limiter: string}
 * @throws Exception
 */
function resolve(array $transport, string $access_token, array $nonces): array
{
}

/**
 * Lists a page of the cards that an account has, with what tells whose they are: `keys` by which match_keys() finds the
 * same contact, and the name as it is compared. The first page, for which the cursor is '', lists the labels before.
 *
 * @param  Transport $transport
 * @param  Settings  $settings
 * @param  string    $cursor    '' for the first page, then what the page before gave
 * @return array{
 *     cards: list<array{
 *         resource_name: string, source_id: string, etag: string, marker: string, labels: list<string>, name: string,
 *         keys: list<string>, dolimods: list<string>
 *     }>,
 *     cursor: string, calls: int, limiter: string
 * } The cursor is '' after the last page
 * @throws Exception Also where fewer cards came than Google announced
 */
function list_cards(array $transport, string $access_token, array $settings, string $cursor): array
{
}

/**
 * Says by which keys the card of each contact may be found. A damaged record has none.
 *
 * @param  Settings     $settings
 * @param  list<Record> $records
 * @return list<Traits>
 * @throws DataException
 */
function match_keys(array $settings, array $records): array
{
}

/**
 * Pairs contacts with the cards that may be theirs. A card that shares no key with a contact need not be handed over.
 *
 * @param  list<Traits> $contacts What match_keys() gave
 * @param  list<Traits> $cards    What list_cards() gave, each with an id of the caller's
 * @return list<Pair>
 * @throws DataException
 */
function propose_pairs(array $contacts, array $cards): array
{
}

/**
 * Chooses those pairs that are one to one. All pairs of the account must be there: what is ambiguous is no pair.
 *
 * @param  list<Pair> $pairs
 * @return list<array{contact: int, card: int, likeness: string, certain: bool}> `certain` needs nobody's word
 * @throws DataException
 */
function choose_pairs(array $pairs): array
{
}

/**
 * Lists a page of what has changed at Google since a sync token was given; without one, of all cards. Only a card that is
 * told `deleted` is gone. Where Google no longer knows the token, the listing begins anew without it (`restarted`).
 *
 * @param  Transport $transport
 * @param  Settings  $settings
 * @param  string    $sync_token What the last listing ended with, or '' for all cards
 * @param  string    $cursor     '' for the first page, then what the page before gave
 * @return array{
 *     cards: list<array{
 *         resource_name: string, source_id: string, etag: string, updated: string, labels: list<string>,
 *         previous: list<string>, deleted: bool, of_another: bool
 *     }>,
 *     listed: ListedCards, cursor: string, sync_token: string, full: bool, restarted: bool, calls: int, limiter: string
 * } The cursor is '' after the last page, which alone gives the next `sync_token`
 * @throws Exception Also where fewer cards came than Google announced
 */
function list_changes(array $transport, string $access_token, array $settings, string $sync_token, string $cursor): array
{
}

/**
 * Begins what list_changes() does, and returns at once: the page is read while PHP goes on, as with begin_send().
 *
 * @param  Transport $transport
 * @param  Settings  $settings
 * @param  string    $sync_token What the last listing ended with, or '' for all cards
 * @param  string    $cursor     '' for the first page, then what the page before gave
 * @throws Exception Where another call is under way
 */
function begin_list_changes(array $transport, string $access_token, array $settings, string $sync_token, string $cursor): void
{
}

/**
 * Waits for what begin_list_changes() began.
 *
 * @return array{
 *     cards: list<array{
 *         resource_name: string, source_id: string, etag: string, updated: string, labels: list<string>,
 *         previous: list<string>, deleted: bool, of_another: bool
 *     }>,
 *     listed: ListedCards, cursor: string, sync_token: string, full: bool, restarted: bool, calls: int, limiter: string
 * } As list_changes()
 * @throws Exception As list_changes(), and where no such call is under way
 */
function end_list_changes(): array
{
}

/**
 * Reads a card as it is now: one call.
 *
 * @param  Transport $transport
 * @param  string    $country   Where numbers without an international prefix are dialled, as in the settings
 * @return CardState|null       Null where it is no longer at Google
 * @throws Exception
 */
function read_card(array $transport, string $access_token, string $resource_name, string $country): ?array
{
}

/**
 * Compares contacts with their cards as the links hold them; sends nothing. `changed` names the fields of the contact that
 * were changed at Google and differ.
 *
 * @param  Settings     $settings
 * @param  list<Label>  $labels   The labels that are known at Google
 * @param  list<Record> $records
 * @return list<Compared>         One per record, in their order; `compared` is false where there is nothing to compare
 * @throws DataException
 */
function compare(array $settings, array $labels, array $records): array
{
}

/**
 * Makes Google's word on some fields what both agreed on last. Where the contact has the same since, nothing is left to
 * send; where it has another, the next plan() sends that over Google's.
 *
 * @param  Settings     $settings
 * @param  Record       $record
 * @param  list<string> $keys     Keys of rows of compare()
 * @return array{sent: string, reason: string, message: string} `sent` is '' where there is nothing to settle
 * @throws DataException
 */
function rebase(array $settings, array $record, array $keys): array
{
}

/**
 * Lists the labels that this Dolibarr made: each says so itself.
 *
 * @param  Transport $transport
 * @return array{labels: list<Group>, limiter: string}
 * @throws Exception
 */
function our_labels(array $transport, string $access_token, string $instance): array
{
}

/**
 * Lists the labels that this Dolibarr did not make: people's own.
 *
 * @param  Transport $transport
 * @return array{labels: list<Group>, limiter: string}
 * @throws Exception
 */
function other_labels(array $transport, string $access_token, string $instance): array
{
}

/**
 * Deletes the labels that this Dolibarr made and that nobody carries, by Google's count, taken right before: all, or only
 * some. No card is deleted.
 *
 * `deleted` and `gone` are to be forgotten; `carried` stays, also where a card of the user's own carries it; `theirs` was not
 * made by this Dolibarr and stays for ever; `later` is to be tried again.
 *
 * @param  Transport         $transport
 * @param  list<string>|null $labels    Resource names
 * @return array{
 *     labels: list<array{resource_name: string, name: string, fate: 'deleted'|'gone'|'carried'|'theirs'|'later', members: int, before: string}>,
 *     stopped: ?Stopped, calls: int, limiter: string
 * }
 * @throws Exception
 */
function delete_empty_labels(array $transport, string $access_token, string $instance, ?array $labels = null): array
{
}

/**
 * Takes labels that this Dolibarr made off the cards that it keeps, by the marks on both: a page of the address book at a time.
 * No other card is touched. A page can be walked again.
 *
 * @param  Transport    $transport
 * @param  list<string> $labels Resource names
 * @param  string       $cursor '' for the first page, then what the page before gave
 * @return array{
 *     labels: list<array{resource_name: string, taken: int, kept: int, others: int}>, cursor: string, seen: int, calls: int, limiter: string
 * } The cursor is '' after the last page; `kept` are cards that would have no label without it, which Google does not allow; `others` are cards of somebody else's
 * @throws Exception
 */
function take_labels_off(array $transport, string $access_token, string $instance, array $labels, string $cursor): array
{
}

/**
 * Lists a page of the cards that somebody may import: those of a label, all where it is empty.
 *
 * @param  Transport $transport
 * @param  Settings  $settings
 * @param  string    $label  Resource name of the label
 * @param  string    $cursor Empty for the first page
 * @return array{candidates: list<Listed>, cursor: string, seen: int, total: int, limiter: string} An empty cursor ends the listing
 * @throws Exception
 */
function list_candidates(array $transport, string $access_token, array $settings, string $label, string $cursor): array
{
}

/**
 * What tells who the contacts of Dolibarr are.
 *
 * @param  Settings $settings
 * @param  list<array{id: int, firstname: string, lastname: string, company: string, emails: list<string>, phones: list<string>, country: string}> $contacts
 * @return list<Likes>
 * @throws DataException
 */
function likes_of_contacts(array $settings, array $contacts): array
{
}

/**
 * What tells who the third parties of Dolibarr are.
 *
 * @param  Settings $settings
 * @param  list<array{id: int, name: string, emails: list<string>, phones: list<string>, url: string, country: string}> $companies
 * @return list<Likes>
 * @throws DataException
 */
function likes_of_companies(array $settings, array $companies): array
{
}

/**
 * Finds who candidates may be.
 *
 * @param  list<Likes> $candidates
 * @param  list<Likes> $elements Contacts and third parties
 * @return list<array{candidate: int, element: string, id: int, likeness: string, sure: bool}>
 * @throws DataException
 */
function resemble(array $candidates, array $elements): array
{
}

/**
 * Finds the candidates that are the same among themselves; `of` is the lowest id among them.
 *
 * @param  list<Likes> $candidates
 * @return list<array{candidate: int, of: int}> Those that have a twin
 * @throws DataException
 */
function twins(array $candidates): array
{
}

/**
 * Plans to take back what came from Dolibarr, for send(). Each card is read then: one that this Dolibarr made and that nobody
 * else knows is deleted; of any other only what is ours is taken off, and its outcome has the action release.
 *
 * @param  Settings    $settings
 * @param  list<Label> $labels
 * @param  list<array{type: string, id: int, resource_name: string, source_id: string, sent: string}> $traces
 * @return Plan
 * @throws DataException
 */
function plan_clean_up(array $settings, array $labels, array $traces): Plan
{
}

/**
 * Reads a page of the whole address book, all labels with the first, for which the cursor is ''.
 *
 * @param  Transport $transport
 * @return array{labels: list<Group>, cards: list<string>, cursor: string, total: int, calls: int, limiter: string} The cursor is '' after the last page
 * @throws Exception Also where fewer cards came than Google announced
 */
function backup_page(array $transport, string $access_token, string $cursor): array
{
}

/**
 * Says what tells cards of a backup apart.
 *
 * @param  list<Group>  $labels The labels of the backup
 * @param  list<string> $cards  Cards as Google's JSON
 * @return list<CardPrint>      In the order of the cards
 * @throws DataException
 */
function card_prints(array $labels, array $cards): array
{
}

/**
 * Writes cards of a backup as vCards of version 4, which read_vcards() reads back.
 *
 * @param  Settings     $settings
 * @param  list<Group>  $labels The labels of the backup
 * @param  list<string> $cards  Cards as Google's JSON
 * @throws DataException
 */
function vcards_of_people(array $settings, array $labels, array $cards): string
{
}

/**
 * Lists a page of the cards that are there, as card_prints() tells those of a backup.
 *
 * @param  Transport $transport
 * @return array{cards: list<CardPrint>, cursor: string, calls: int, limiter: string} The cursor is '' after the last page
 * @throws Exception Also where fewer cards came than Google announced
 */
function list_prints(array $transport, string $access_token, string $cursor): array
{
}

/**
 * Finds the labels of a backup among those that are there, and makes what is missing; with $pretend nothing is made. Those
 * that are there and not in the backup stand for themselves.
 *
 * @param  Transport   $transport
 * @param  list<Group> $labels
 * @return array{labels: list<RestoredLabel>, limiter: string}
 * @throws Exception
 */
function restore_labels(array $transport, string $access_token, array $labels, bool $pretend): array
{
}

/**
 * Plans to restore cards of a backup, for send(). Commit the nonces before. A card that is made carries a marker of its own
 * until the step finish gives it back what programs kept with it. A create whose card is there after all is done with the
 * reason exists.
 *
 * @param  Settings            $settings
 * @param  list<Label>         $known    Labels that the module uses: a card that is reverted keeps them
 * @param  list<RestoredLabel> $labels   What restore_labels() gave
 * @param  list<array{id: int, step: 'create'|'finish'|'revert', person: string, resource_name: string}> $wanted
 * @return array{
 *     plan: Plan, intents: list<array{id: int, nonce: string, labels_left: list<string>, photo_left: bool, error: string}>
 * }
 * @throws DataException
 */
function plan_restore(array $settings, array $known, array $labels, array $wanted): array
{
}

/**
 * Reads the vCards of a file, in whatever encoding, at most so many. `name` is the UID, or the place in the file.
 *
 * @param  Settings $settings
 * @param  string   $file  What the file holds
 * @return array{candidates: list<Listed>, more: bool}
 * @throws DataException
 */
function read_vcards(array $settings, string $file, int $limit): array
{
}

/**
 * Finds the address books of a CardDAV server from the address that a person knows.
 *
 * @param  array{deadline_ms: int, private_hosts: bool, proxy: string, proxy_user: string, proxy_password: string, user: string, password: string} $server
 * @return list<array{url: string, name: string}>
 * @throws Exception Its reason begins with carddav_
 */
function carddav_books(array $server, string $address): array
{
}

/**
 * Reads the people of an address book of a CardDAV server, at most so many. Nothing is written there.
 *
 * @param  array{deadline_ms: int, private_hosts: bool, proxy: string, proxy_user: string, proxy_password: string, user: string, password: string} $server
 * @param  Settings $settings
 * @return array{candidates: list<Listed>, more: bool}
 * @throws Exception Its reason begins with carddav_
 */
function carddav_people(array $server, string $address, array $settings, int $limit): array
{
}

/**
 * What is to be sent: made by plan(), plan_clean_up() and plan_restore(), carried out once by send() or begin_send(), in the process that
 * planned it. Nothing of it can be seen.
 */
final class Plan
{
}

/** The cards of a page of list_changes() or end_list_changes(), with all that Google has of them. */
final class ListedCards
{
	/**
	 * A card of the page.
	 *
	 * @param  string $country Where numbers without an international prefix are dialled, as in the settings
	 * @return ?CardState      Null for a deleted one
	 * @throws Exception       Where it is not on the page, or cannot be read
	 */
	public function state(string $resource_name, string $country): ?array
	{
	}
}

/** A whole call failed. The message is English, for logs; pages translate the reason. */
class Exception extends \RuntimeException
{
	/** @var string Stable code */
	public $reason = '';

	/** @var int Google's HTTP status; 0 where there was no answer */
	public $httpStatus = 0;

	/** @var ?int Seconds for which the account should be left alone */
	public $retryAfter = null;
}

/** Something is missing or wrong in the configuration, here or at Google. */
class ConfigException extends Exception
{
}

/** A value that was handed over cannot be used; the message names it. */
class DataException extends Exception
{
}

/** The consent or the token is gone. */
class AuthException extends Exception
{
}

/** Google's limits are reached. */
class QuotaException extends Exception
{
}

/** Google refused, or answered something that cannot be understood. */
class ApiException extends Exception
{
}

/** Google was not reached. */
class TransportException extends Exception
{
}

/** The call's own time was over. */
class DeadlineException extends Exception
{
}

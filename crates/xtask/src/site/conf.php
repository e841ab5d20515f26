<?php
// The least that an installed Dolibarr needs.
$dolibarr_main_url_root = '@URL@';
$dolibarr_main_document_root = '@HTDOCS@';
$dolibarr_main_url_root_alt = '/custom';
$dolibarr_main_document_root_alt = '@HTDOCS@/custom';
$dolibarr_main_data_root = '@DOCUMENTS@';
$dolibarr_main_db_type = 'mysqli';
$dolibarr_main_db_host = '127.0.0.1';
$dolibarr_main_db_port = '@DB_PORT@';
$dolibarr_main_db_name = '@DB_NAME@';
$dolibarr_main_db_user = '@DB_NAME@';
$dolibarr_main_db_pass = '@DB_NAME@';
$dolibarr_main_db_prefix = 'llx_';
$dolibarr_main_db_character_set = 'utf8mb4';
$dolibarr_main_db_collation = 'utf8mb4_unicode_ci';
$dolibarr_main_authentication = 'dolibarr';
$dolibarr_main_prod = '0';
$dolibarr_nocsrfcheck = '0';
$dolibarr_main_instance_unique_id = '@KEY@';
$dolibarr_main_dolcrypt_key = '';
$dolibarr_cron_allow_cli = '1';

# Makes of the settings those of a drill: sed -f drill.sed /etc/recalldesk/environment
# Everything is kept below /srv/drill; nothing reaches a mailbox, a provider or the real folders.
s|^RECALLDESK_HOME=.*|RECALLDESK_HOME='/srv/drill/home'|
s|^RECALLDESK_ARCHIVE_FOLDER=.*|RECALLDESK_ARCHIVE_FOLDER='/srv/drill/archive'|
s|^RECALLDESK_BACKUP_FOLDER=.*|RECALLDESK_BACKUP_FOLDER='/srv/drill/backups'|
s|^RECALLDESK_JOURNAL_FOLDER=.*|RECALLDESK_JOURNAL_FOLDER='/srv/drill/journal'|
s|^RECALLDESK_LOG_HEADS_FOLDER=.*|RECALLDESK_LOG_HEADS_FOLDER='/srv/drill/heads'|
s|^RECALLDESK_EMAIL_URL=.*|RECALLDESK_EMAIL_URL='smtp://127.0.0.1:9'|
s|^RECALLDESK_SMS=.*|RECALLDESK_SMS='none'|
/^RECALLDESK_LOG_HEADS_TO=/d
/^RECALLDESK_PHOTO_COPY_FOLDER=/d
/^RECALLDESK_NOTICE_FOLDER=/d
/^RECALLDESK_S3_/d
/^RECALLDESK_TREMENDOUS_/d
/^RECALLDESK_EASYPOST_/d
/^RECALLDESK_METRICS_TOKEN=/d
/^DATABASE_URL=/d

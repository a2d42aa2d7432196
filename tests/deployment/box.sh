#!/bin/bash
# A machine of its own: this one's disk, of which nothing is changed (what is written stays in memory and goes with the
# box), without a network, and Debian's systemd as its first process. It runs `follow.py` and switches itself off.
# Started by test_by_the_book.py inside `unshare`, with a folder that is there in the box as /book, and one of packages.
set -euo pipefail
box=$1/box
mkdir -p "$box"
mount -t tmpfs tmpfs "$box"
cd "$box"
mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
mount -t proc proc root/proc
mount -t sysfs sysfs root/sys
mount -t cgroup2 cgroup2 root/sys/fs/cgroup
for folder in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs root/$folder; done
chmod 1777 root/tmp
for device in null zero full random urandom tty; do
    touch root/dev/$device
    mount --bind /dev/$device root/dev/$device
done
mkdir root/dev/pts root/dev/shm root/run/before root/book
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts root/dev/pts
ln -s pts/ptmx root/dev/ptmx
mount -t tmpfs -o mode=1777 tmpfs root/dev/shm
mount --bind "$1" root/book
mount --bind "$2" root/book/packages
ip link set lo up

cd root
pivot_root . run/before
umount -l /run/before
rm -f /etc/systemd/system/*.wants/* /etc/systemd/system/portal* /etc/nginx/sites-enabled/*
ln -s /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default
ln -sf /lib/systemd/system/multi-user.target /etc/systemd/system/default.target
mkdir -p /etc/systemd/system/multi-user.target.wants
echo "127.0.0.1 technicians.example.ac.uk" >> /etc/hosts
ln -s ../follow.service /etc/systemd/system/multi-user.target.wants/
cat > /etc/systemd/system/follow.service <<END
[Service]
Type=oneshot
Environment=PATH=/book/tests/stand_ins:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DJANGO_COLORS=nocolor
ExecStart=/usr/bin/python3 /book/tests/follow.py
StandardOutput=append:/book/log
StandardError=inherit
ExecStopPost=/bin/systemctl poweroff --force --force
END
container=lxc exec /lib/systemd/systemd --system
